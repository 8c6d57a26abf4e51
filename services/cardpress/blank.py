"""A form that is set once and filled in for every card: mail merge inside the PDF.

WeasyPrint sets a card with markers where the words of a person belong. Here its pages
are cut at the markers. What lies between them, and all else that is the same for every
card of the form, is kept in an open PDF. For a card the words are put in, the pictures
and the title exchanged, and the file is written: nothing is laid out again.
"""

import io
import zlib
from functools import cache

import pikepdf
from django.utils.html import escape
from pikepdf import Array, Dictionary, Name
from PIL import Image

from services.cardpress import press
from services.cardpress.cut import Line, cut
from services.cardpress.ink import face
from services.cardpress.pictures import Picture
from services.cardpress.tags import Tags

# PDF/A knows the names of PDF/UA only if they are described (ISO 19005-3, 6.6.2.3).
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


# What keeps the place of a picture in a form; each size has bytes of its own.
STAND_INS = {"photo": (3, 4), "qr": (1, 1)}


@cache
def stand_in(picture: str) -> bytes:
    """The JPEG that a form has where a card has its "photo" or "qr"."""
    out = io.BytesIO()
    Image.new("L", STAND_INS[picture]).save(out, "JPEG")
    return out.getvalue()


class Blank:
    """One form, open; `fill` makes a card of it.

    `pdf` is the form as the press gave it. Not for several threads at once.
    """

    def __init__(self, pdf: bytes):
        self._pdf = pikepdf.open(io.BytesIO(pdf))
        self._resources = self._pdf.pages[0].Resources
        self._typefaces = {}
        self._pages = self._cut()
        self._places = [place for page in self._pages for place in page.places]
        lines = [place for place in self._places if isinstance(place, Line)]
        self._tags = Tags(self._pdf, {line.piece for line in lines})
        self._streams = [
            (self._stream(page.ground), self._stream(b"")) for page in self._pages
        ]
        self._pictures = self._find_pictures()
        self._tidy()

    def fill(self, slots, pictures, *, title: str, ground: bool, wide: bool) -> bytes:
        """The card as a file: PDF/A-3a and PDF/UA-1; equal arguments, equal bytes.

        `slots` are those of its page, `pictures` its "photo" and "qr" where the form
        has them. `ground` paints the yellow ground, a stream of its own before all
        else on the page. `wide` brings all the letters that people may write, instead
        of those that nearly every card is written with.
        """
        if len(slots) != len(self._places):
            raise ValueError("The form has other places than its templates say.")
        self._dress(slots)
        queue = iter(slots)
        for page, parts, streams in zip(
            self._pdf.pages, self._pages, self._streams, strict=True
        ):
            paint, ink = streams
            ink.write(zlib.compress(parts.ink(queue)), filter=Name.FlateDecode)
            page.Contents = Array([paint, ink] if ground else [ink])
        for name, picture in pictures.items():
            self._exchange(self._pictures[name], picture)
        self._resources.Font = self._typeface(wide)
        self._pdf.docinfo.Title = title
        self._pdf.Root.Metadata.write(XMP.format(title=escape(title)).encode())
        return self._written()

    # The form --------------------------------------------------------------------

    def _cut(self):
        faces = {
            name.removeprefix("/"): _face_name(font)
            for name, font in self._resources.Font.items()
        }
        return [
            cut(number, page.Contents.read_bytes(), faces)
            for number, page in enumerate(self._pdf.pages)
        ]

    def _stream(self, content: bytes):
        stream = self._pdf.make_stream(b"")
        stream.write(zlib.compress(content), filter=Name.FlateDecode)
        return stream

    def _find_pictures(self):
        found = {}
        for picture in self._resources.get("/XObject", {}).values():
            if picture.Subtype == Name.Form:
                # A drawing of ours has no words, and would bring the form's typeface.
                del picture.Resources.Font
                continue
            # Smoothed pictures are not allowed in PDF/A.
            for each in (picture, picture.get("/SMask", picture)):
                each.Interpolate = False
            for name in STAND_INS:
                if picture.read_raw_bytes() == stand_in(name):
                    found[name] = picture
        return found

    def _tidy(self):
        """Take out what says something about the form, or nothing about the card."""
        root = self._pdf.Root
        if "/Outlines" in root:
            del root.Outlines
        root.ViewerPreferences.PrintScaling = Name("/None")
        root.Metadata = self._pdf.make_stream(b"", Type=Name.Metadata, Subtype=Name.XML)
        self._pdf.trailer.Info = self._pdf.make_indirect(Dictionary())

    # One card --------------------------------------------------------------------

    def _dress(self, slots):
        gone, joined = set(), set()
        for place, slot in zip(self._places, slots, strict=True):
            if isinstance(place, Line) and not slot.words:
                gone.add(place.piece)
            elif isinstance(place, Line) and slot.goes_on:
                joined.add(place.piece)
        self._tags.dress(gone, joined)

    def _exchange(self, image, picture: Picture):
        image.write(picture.data, filter=Name(picture.filter))
        image.Width, image.Height = picture.size
        image.ColorSpace = Name(picture.colour)
        image.BitsPerComponent = picture.bits

    def _typeface(self, wide):
        if wide not in self._typefaces:
            fonts = _specimen(wide).pages[0].Resources.Font
            self._typefaces[wide] = self._pdf.make_indirect(
                Dictionary(
                    {name: self._pdf.copy_foreign(font) for name, font in fonts.items()}
                )
            )
        return self._typefaces[wide]

    def _written(self) -> bytes:
        out = io.BytesIO()
        self._pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return out.getvalue()


@cache
def _specimen(wide: bool) -> pikepdf.Pdf:
    """The typeface with all letters or with few, under names of their own."""
    pdf = pikepdf.open(io.BytesIO(press.specimen(wide)))
    for font in pdf.pages[0].Resources.Font.values():
        (descendant,) = font.DescendantFonts
        widths = face(_face_name(font)).widths
        # As our lines count them: WeasyPrint rounds otherwise at every type size.
        runs = iter(descendant.W)
        for first, run in zip(runs, runs, strict=True):
            for index in range(len(run)):
                run[index] = widths[int(first) + index]
        # Printers keep fonts by name, and a batch may have both.
        name = Name("/" + ("W" if wide else "P") + str(font.BaseFont)[2:])
        font.BaseFont = descendant.BaseFont = descendant.FontDescriptor.FontName = name
    return pdf


def _face_name(font) -> str:
    return "RobotoBold" if "Bold" in str(font.BaseFont) else "Roboto"
