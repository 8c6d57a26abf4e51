"""Drawn pictures for the demonstration and the tests. Nobody is on them.

Faces, identity cards and diplomas of made-up people, every one marked CONTOH (sample)
so that none can be taken for a real paper. The same seed draws the same picture.
"""

import io
from functools import cache, lru_cache
from random import Random

from font_roboto import font_files
from PIL import Image, ImageDraw, ImageFont

MARK = "CONTOH"
INK = "#1f2a37"
# The backgrounds that offices ask for: an even seed draws red, an odd one blue.
BACKGROUNDS = ("#c8102e", "#1c5fb8")
SKINS = ("#f1c9a0", "#e3b186", "#cf9566", "#b67a4d", "#96603a")
HAIRS = ("#1b1512", "#2a1d16", "#3a271b")
SHIRTS = ("#ffffff", "#dbe9f6", "#f6e3d3", "#e4efdc", "#efe2f2")
BLAZERS = ("#24303f", "#1e3b33", "#4a2b2b", "#3b3550")
SCARVES = ("#2f6f73", "#7b4b8a", "#c46a5a", "#3a5488", "#b58a3c", "#efe7da")


@lru_cache(maxsize=16)
def photo(seed: int, sex: str) -> bytes:
    """A portrait of 600 by 800 pixels on red or blue; `sex` is "L" or "P". JPEG."""
    choose = Random(seed)  # noqa: S311
    # Drawn twice as large: reducing is what makes the edges smooth.
    image = Image.new("RGB", (1200, 1600), BACKGROUNDS[seed % 2])
    draw = ImageDraw.Draw(image)
    skin, hair = choose.choice(SKINS), choose.choice(HAIRS)
    covered = choose.random() < 0.5
    if sex == "P":
        _woman(draw, choose, skin, hair, scarf=covered)
    else:
        _man(draw, choose, skin, hair, peci=covered)
    image = image.reduce(2)
    _band(image)
    return _jpeg(image)


def _man(draw, choose, skin, hair, *, peci):
    _shoulders(draw, choose)
    _neck(draw, skin)
    if not peci:
        draw.ellipse((340, 300, 860, 860), fill=hair)
    _head(draw, choose, skin)
    if peci:
        draw.rounded_rectangle((352, 560, 372, 700), 10, fill=hair)
        draw.rounded_rectangle((828, 560, 848, 700), 10, fill=hair)
        draw.polygon([(372, 330), (828, 330), (872, 590), (328, 590)], fill="#16161a")
        draw.ellipse((372, 296, 828, 370), fill="#232329")
        draw.pieslice((328, 540, 872, 640), 180, 360, fill="#16161a")
    else:
        tilt = choose.choice((-9, 0, 9))
        draw.chord((352, 330, 848, 1000), 202 + tilt, 338 + tilt, fill=hair)
    if choose.random() < 0.3:
        draw.arc((520, 830, 680, 900), 195, 345, fill=hair, width=18)


def _woman(draw, choose, skin, hair, *, scarf):
    if scarf:
        cloth = choose.choice(SCARVES)
        _shoulders(draw, choose)
        draw.ellipse((290, 270, 910, 1110), fill=cloth)
        draw.polygon(
            [(330, 900), (870, 900), (1010, 1420), (600, 1560), (190, 1420)], fill=cloth
        )
        fold = _darker(cloth)
        draw.line([(400, 1060), (640, 1330), (900, 1420)], fill=fold, width=10)
        draw.line([(800, 1060), (560, 1300), (330, 1400)], fill=fold, width=10)
        draw.ellipse((352, 348, 848, 1056), fill=fold)
        _head(draw, choose, skin, ears=False)
        draw.chord((340, 330, 860, 830), 205, 335, fill=cloth)
        return
    length = choose.choice((1010, 1180, 1300))
    draw.rounded_rectangle((312, 300, 888, length), 280, fill=hair)
    _shoulders(draw, choose)
    _neck(draw, skin)
    _head(draw, choose, skin, ears=False)
    parting = choose.choice((245, 270, 295))
    draw.chord((356, 350, 844, 1030), 186, parting + 15, fill=hair)
    draw.chord((356, 350, 844, 1030), parting - 15, 354, fill=hair)


def _head(draw, choose, skin, *, ears=True):
    if ears:
        draw.ellipse((330, 620, 420, 770), fill=_darker(skin))
        draw.ellipse((780, 620, 870, 770), fill=_darker(skin))
    draw.ellipse((372, 380, 828, 1020), fill=skin)
    for x in (500, 700):
        draw.arc((x - 62, 590, x + 62, 680), 200, 340, fill=INK, width=15)
        draw.ellipse((x - 42, 662, x + 42, 722), fill="white")
        draw.ellipse((x - 26, 664, x + 26, 720), fill="#2b1d14")
        draw.ellipse((x + 2, 672, x + 16, 686), fill="white")
        cheek = _blend(skin, "#e0614f", 0.22)
        outer = x - 34 if x < 600 else x + 34
        draw.ellipse((outer - 48, 780, outer + 48, 850), fill=cheek)
    draw.arc((560, 720, 640, 806), 20, 160, fill=_darker(skin), width=14)
    if choose.random() < 0.5:
        draw.chord((510, 810, 690, 926), 15, 165, fill="white", outline="#8d2f2f")
        draw.arc((510, 810, 690, 926), 10, 170, fill="#a23b3b", width=12)
    else:
        draw.arc((510, 800, 690, 920), 20, 160, fill="#a23b3b", width=16)
    if choose.random() < 0.25:
        for x in (500, 700):
            draw.ellipse((x - 84, 618, x + 84, 772), outline=INK, width=10)
        draw.line([(584, 690), (616, 690)], fill=INK, width=10)


def _neck(draw, skin):
    draw.rectangle((505, 900, 695, 1190), fill=_darker(skin))
    draw.polygon([(505, 1160), (695, 1160), (600, 1300)], fill=_darker(skin))


def _shoulders(draw, choose):
    shirt, blazer = choose.choice(SHIRTS), choose.choice(BLAZERS)
    formal = choose.random() < 0.5
    body = blazer if formal else shirt
    draw.rounded_rectangle((110, 1120, 1090, 1900), 300, fill=body)
    if formal:
        draw.polygon([(460, 1120), (740, 1120), (600, 1600)], fill=shirt)
        draw.polygon(
            [(575, 1310), (625, 1310), (650, 1600), (550, 1600)], fill="#8c2a2a"
        )
    collar = _darker(shirt) if not formal else shirt
    draw.polygon([(500, 1110), (600, 1310), (470, 1380), (420, 1170)], fill=collar)
    draw.polygon([(700, 1110), (600, 1310), (730, 1380), (780, 1170)], fill=collar)


def _band(image):
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 752, 600, 800), fill="#fbf7ec")
    draw.text((300, 776), MARK, INK, _font("Bold", 30), anchor="mm")


def ktp(name: str, birth_date, nik: str, seed: int) -> bytes:
    """A made-up identity card, 1000 by 630 pixels. JPEG."""
    image = _blank_ktp().copy()
    draw = ImageDraw.Draw(image)
    draw.text((40, 128), f"NIK   {nik}", INK, _font("Bold", 40), anchor="lm")
    # The NIK adds 40 to the day of birth of a woman.
    woman = nik[6:7] >= "4"
    values = [name.upper(), f"CONTOH, {birth_date:%d-%m-%Y}"]
    values.append("PEREMPUAN" if woman else "LAKI-LAKI")
    for row, value in enumerate(values):
        y = 182 + row * 44
        draw.text((265, y), f":  {value[:28]}", INK, _font("Medium", 25), anchor="lm")
    face = Image.open(io.BytesIO(photo(seed, "P" if woman else "L")))
    image.paste(face.resize((222, 296)), (738, 150))
    return _jpeg(image)


@cache
def _blank_ktp() -> Image.Image:
    """What stands on every card: drawn once, because an office has hundreds."""
    image = Image.new("RGB", (1000, 630), "#bfe0ee")
    draw = ImageDraw.Draw(image)
    for y in range(0, 630, 14):
        draw.line([(0, y), (1000, y + 60)], fill="#cde8f2", width=4)
    draw.text((500, 44), "PROVINSI CONTOH", INK, _font("Bold", 32), anchor="mm")
    draw.text((500, 84), "KABUPATEN CONTOH", INK, _font("Bold", 28), anchor="mm")
    rows = [
        ("Nama", ""),
        ("Tempat/Tgl Lahir", ""),
        ("Jenis Kelamin", ""),
        ("Alamat", ":  JL. CONTOH NO. 1"),
        ("     RT/RW", ":  001/002"),
        ("     Kel/Desa", ":  CONTOH"),
        ("     Kecamatan", ":  CONTOH"),
        ("Kewarganegaraan", ":  WNI"),
        ("Berlaku Hingga", ":  SEUMUR HIDUP"),
    ]
    for row, (label, value) in enumerate(rows):
        y = 182 + row * 44
        draw.text((40, y), label, INK, _font("Regular", 25), anchor="lm")
        draw.text((265, y), value, INK, _font("Medium", 25), anchor="lm")
    draw.text((849, 480), "CONTOH", INK, _font("Medium", 22), anchor="mm")
    draw.text((849, 510), "01-01-2024", INK, _font("Regular", 22), anchor="mm")
    _stamp(image, 150, 24)
    return image


def diploma(name: str, school: str, year: int) -> bytes:
    """A made-up diploma, 1600 by 1130 pixels. JPEG."""
    lines = [
        (0.16, "REPUBLIK CONTOH", "Medium", 38),
        (0.26, "IJAZAH", "Black", 96),
        (0.35, school.upper(), "Bold", 42),
        (0.45, "menerangkan bahwa", "Italic", 32),
        (0.53, name, "Bold", 62),
        (0.62, "telah menyelesaikan pendidikan dan dinyatakan", "Regular", 34),
        (0.69, "LULUS", "Black", 60),
        (0.77, f"Tahun Pelajaran {year - 1}/{year}", "Medium", 34),
    ]
    return _paper((1600, 1130), "#f7efd9", "#8a6d1f", lines, f"5 Mei {year}")


def skl(name: str, school: str, year: int) -> bytes:
    """A made-up graduation letter (surat keterangan lulus), 1130 by 1600. JPEG."""
    lines = [
        (0.11, school.upper(), "Bold", 44),
        (0.145, "Jalan Contoh No. 1, Kabupaten Contoh", "Regular", 28),
        (0.25, "SURAT KETERANGAN LULUS", "Bold", 50),
        (0.285, f"Nomor: 000/CONTOH/{year}", "Regular", 30),
        (0.38, "Kepala sekolah menerangkan bahwa", "Regular", 34),
        (0.45, name, "Bold", 54),
        (0.52, "adalah siswa sekolah kami dan dinyatakan", "Regular", 34),
        (0.58, "LULUS", "Black", 64),
        (0.64, f"pada Tahun Pelajaran {year - 1}/{year}.", "Regular", 34),
        (0.69, "Surat ini berlaku sampai ijazah diterbitkan.", "Regular", 34),
    ]
    return _paper((1130, 1600), "#fdfcf8", "#41586f", lines, f"5 Mei {year}")


def _paper(size, paper, ink, lines, date) -> bytes:
    width, height = size
    image = _blank_paper(size, paper, ink).copy()
    draw = ImageDraw.Draw(image)
    for y, text, weight, points in lines:
        font = _fitting(weight, points, text, width - 160)
        draw.text((width / 2, y * height), text, INK, font, anchor="mm")
    place = (width * 0.74, height * 0.815)
    draw.text(place, date, INK, _font("Regular", 30), anchor="mm")
    return _jpeg(image)


@cache
def _blank_paper(size, paper, ink) -> Image.Image:
    """Frame, seal, signature and the word CONTOH, which every paper has."""
    width, height = size
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    for inset, line in ((30, 10), (48, 3)):
        box = (inset, inset, width - inset, height - inset)
        draw.rectangle(box, outline=ink, width=line)
    x, y = width * 0.74 - 100, height * 0.87
    wave = [(x, y), (x + 30, y - 30), (x + 50, y + 24), (x + 90, y - 34), (x + 200, y)]
    draw.line(wave, fill="#28408c", width=6, joint="curve")
    place = (width * 0.74, height * 0.91)
    font = _font("Medium", 30)
    draw.text(place, "Kepala Sekolah Contoh", INK, font, anchor="mm")
    x, y = width * 0.24, height * 0.87
    for radius in (92, 78):
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.ellipse(box, outline=ink, width=5)
    draw.text((x, y), MARK, ink, _font("Bold", 30), anchor="mm")
    _stamp(image, 250, 32)
    return image


def _stamp(image, points, angle):
    """CONTOH across the whole picture, so that it cannot be cut away."""
    word = Image.new("L", (image.width // 4, image.height // 4), 0)
    middle = (word.width / 2, word.height / 2)
    font = _font("Black", points // 4)
    ImageDraw.Draw(word).text(middle, MARK, 70, font, anchor="mm")
    word = word.rotate(angle, Image.Resampling.BICUBIC).resize(image.size)
    image.paste("#5b2a86", mask=word)


def phone_photo(seed: int) -> bytes:
    """What a phone sends: 4000 by 3000 pixels, held upright, with place and time.

    A JPEG of 3 to 5 MB whose EXIF says "turn me" (orientation 6) and where it was.
    """
    upright = Image.open(io.BytesIO(photo(seed, "LP"[seed % 2]))).resize((3000, 4000))
    # Grain is what makes a real photo heavy.
    grain = Image.effect_noise((1500, 2000), 26).resize((3000, 4000))
    image = Image.blend(upright, grain.convert("RGB"), 0.25)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Contoh Phone"
    exif.get_ifd(0x8825).update(
        {1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 0.0)}
    )
    file = io.BytesIO()
    turned = image.transpose(Image.Transpose.ROTATE_90)
    turned.save(file, "JPEG", quality=95, exif=exif, comment=b"Contoh")
    return file.getvalue()


def _jpeg(image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def _darker(colour) -> str:
    return _blend(colour, "#000000", 0.12)


def _blend(colour, other, share) -> str:
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    mixed = [round(a * (1 - share) + b * share) for a, b in pairs]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _rgb(colour) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _fitting(weight, points, text, width):
    """The font at `points`, or as much smaller as a long name needs."""
    needed = _font(weight, points).getlength(text)
    return _font(weight, points if needed <= width else int(points * width / needed))


@cache
def _font(weight, points):
    return ImageFont.truetype(_FILES[weight], points)


_FILES = {
    "Regular": font_files["Roboto"],
    **{w: font_files[f"Roboto{w}"] for w in ("Italic", "Medium", "Bold", "Black")},
}
