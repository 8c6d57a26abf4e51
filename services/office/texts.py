"""What the office writes to people: one text for each occasion, in its own words.

A text is Indonesian, whatever language the reader of the portal has chosen. Its
placeholders stand in braces and are those of its occasion and no others: there is none
for a NIK or a document, so none can be in a message. The newest version of the office's
own wording counts; without one, or where it is empty, the wording here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.office.models import MessageText, Office

ALWAYS = {
    "nama": "Siti Contoh",
    "kantor": "DINAS KETENAGAKERJAAN",
    "tautan": "https://ak1.contoh.go.id/permohonan/…",
}
# With blanks too: “{ nama }” is a mistake to be told, not words to be sent.
_PLACE = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Occasion:
    """When a message is sent, its wording, and an example for each placeholder."""

    title: str | Promise
    subject: str
    body: str
    examples: Mapping[str, str]

    @property
    def places(self) -> dict[str, str]:
        return {**ALWAYS, **self.examples}


def _occasion(title, subject, *paragraphs, **examples) -> Occasion:
    opening, closing = "Yth. {nama},", "Kabar ini juga ada di halaman Anda: {tautan}"
    body = "\n\n".join([opening, *paragraphs, closing, "{kantor}"])
    return Occasion(title, subject, body, examples)


OCCASIONS = {
    "submitted": _occasion(
        _("The application has arrived"),
        "Permohonan AK-1 Anda sudah kami terima",
        "Nomor tanda terima Anda {tanda_terima}.",
        "Kami akan memberi jawaban paling lambat {batas}.",
        tanda_terima="7K3-M9QX-2AB",
        batas="Selasa, 24 November 2026",
    ),
    "returned": _occasion(
        _("Something must be corrected"),
        "Mohon perbaiki permohonan AK-1 Anda",
        "Petugas meminta Anda memperbaiki hal berikut, lalu mengajukan permohonan"
        " lagi:",
        "{perbaikan}",
        perbaikan="- KTP: Foto KTP buram. Mohon foto ulang di tempat terang.",
    ),
    "rejected": _occasion(
        _("The application is rejected"),
        "Permohonan AK-1 Anda ditolak",
        "Alasannya: {alasan}",
        alasan="KTP yang dikirim bukan milik pemohon.",
    ),
    "approved": _occasion(
        _("The application is approved"),
        "Permohonan AK-1 Anda disetujui",
        "Kartu Anda sedang disahkan dan dicetak. Kami akan mengirim kabar lagi.",
    ),
    "ready": _occasion(
        _("The card is ready"),
        "Kartu AK-1 Anda sudah jadi",
        "Kartu {nomor} sudah disahkan. Silakan ambil dengan membawa KTP Anda di:",
        "{kantor}\n{alamat}",
        "Siapa pun dapat memeriksa keaslian kartu di sini: {tautan_periksa}",
        nomor="3301 000001 221126",
        alamat="Jl. Contoh No. 1",
        tautan_periksa="https://ak1.contoh.go.id/periksa/…",
    ),
    "voided": _occasion(
        _("The card is withdrawn"),
        "Kartu AK-1 Anda ditarik",
        "Kartu {nomor} tidak berlaku lagi. Alasannya: {alasan}",
        nomor="3301 000001 221126",
        alasan="Nama pada kartu salah cetak.",
    ),
    "report_due": _occasion(
        _("A six-monthly report is due"),
        "Laporan {laporan} kartu AK-1 Anda",
        "Laporan {laporan} untuk kartu {nomor} kami tunggu paling lambat {batas}.",
        "Beri tahu kami apakah Anda masih mencari kerja atau sudah bekerja. Cukup buka"
        " tautan ini dan tekan satu tombol, tanpa masuk ke akun:",
        "{tautan_lapor}",
        "Tautan ini hanya untuk Anda. Jangan diteruskan kepada orang lain.",
        nomor="3301 000001 221126",
        laporan="pertama",
        batas="22 Mei 2027",
        tautan_lapor="https://ak1.contoh.go.id/laporan/tautan/…",
    ),
    "diploma_due": _occasion(
        _("The diploma is still to be shown"),
        "Mohon tunjukkan ijazah Anda",
        "Kartu {nomor} kami terbitkan berdasarkan surat keterangan lulus (SKL). Ijazah"
        " Anda kami tunggu paling lambat {batas}.",
        "Kirim foto ijazah melalui halaman Anda, atau bawa ijazah ke kantor kami.",
        nomor="3301 000001 221126",
        batas="22 Mei 2027",
    ),
    "lapse_warning": _occasion(
        _("The card will lapse, because a report is missing"),
        "Kartu AK-1 Anda akan nonaktif tanpa laporan",
        "Laporan {laporan} untuk kartu {nomor} seharusnya kami terima paling lambat"
        " {batas}, tetapi belum ada.",
        "Tanpa laporan, kartu itu nonaktif mulai {nonaktif}. Untuk melapor cukup buka"
        " tautan ini dan tekan satu tombol:",
        "{tautan_lapor}",
        "Tautan ini hanya untuk Anda. Jangan diteruskan kepada orang lain.",
        nomor="3301 000001 221126",
        laporan="pertama",
        batas="22 Mei 2027",
        nonaktif="21 Juli 2027",
        tautan_lapor="https://ak1.contoh.go.id/laporan/tautan/…",
    ),
    "lapsed": _occasion(
        _("The card has lapsed"),
        "Kartu AK-1 Anda nonaktif",
        "Kartu {nomor} nonaktif karena laporan {laporan} tidak kami terima.",
        "Masih mencari kerja? Masuk ke akun Anda dan laporkan, maka kartu aktif lagi."
        " Anda juga dapat datang ke kantor kami.",
        nomor="3301 000001 221126",
        laporan="pertama",
    ),
    "employer_reported": _occasion(
        _("An employer says that the holder works there"),
        "Benarkah Anda bekerja di {perusahaan}?",
        "{perusahaan} memberi tahu kami bahwa pemegang kartu {nomor} diterima bekerja"
        " di sana mulai {mulai}.",
        "Mohon jawab di halaman Anda: benar atau tidak benar. Sampai {jawab} kami"
        " menunggu jawaban Anda.",
        perusahaan="PT Contoh Garmen",
        nomor="3301 000001 221126",
        mulai="1 Desember 2026",
        jawab="28 November 2026",
    ),
    "placed": _occasion(
        _("Work was entered for the holder"),
        "Selamat bekerja di {perusahaan}",
        "Pekerjaan Anda di {perusahaan} sudah kami catat. Sesuai ketentuan, kartu"
        " {nomor} sekarang nonaktif.",
        "Bila catatan ini keliru atau Anda mencari kerja lagi, hubungi kantor kami:"
        " kartu dapat diaktifkan kembali selama belum habis masa berlakunya.",
        perusahaan="PT Contoh Garmen",
        nomor="3301 000001 221126",
    ),
    "removed": _occasion(
        _("The card was taken out of the register"),
        "Kartu AK-1 Anda nonaktif",
        "Kartu {nomor} sekarang nonaktif. Alasannya: {alasan}.",
        "Bila ini keliru, hubungi kantor kami.",
        nomor="3301 000001 221126",
        alasan="pindah ke daerah lain",
    ),
    "reactivated": _occasion(
        _("The card is active again"),
        "Kartu AK-1 Anda aktif kembali",
        "Kartu {nomor} aktif kembali dan berlaku sampai {berlaku}.",
        nomor="3301 000001 221126",
        berlaku="22 November 2028",
    ),
}


@dataclass(frozen=True)
class Text:
    """A wording; `version` 0 is the portal's own."""

    subject: str
    body: str
    version: int = 0


def text_of(office: Office, kind: str) -> Text:
    """The wording in use. Asks the database once."""
    own = office.texts.filter(kind=kind).order_by("-version").first()
    if own and own.body:
        return Text(own.subject, own.body, own.version)
    return portal_text(kind)


def portal_text(kind: str) -> Text:
    """The portal's own wording."""
    return Text(OCCASIONS[kind].subject, OCCASIONS[kind].body)


def newest(office: Office) -> dict[str, MessageText]:
    """The last version of each occasion that this office ever worded; one query."""
    rows = office.texts.select_related("by__officer").order_by("version")
    return {row.kind: row for row in rows}


def filled(words: str, values: Mapping[str, str]) -> str:
    """`words` with its placeholders replaced; what is not known stays as it is."""
    return _PLACE.sub(lambda match: str(values.get(match[1], match[0])), words)


def preview(kind: str, text: Text) -> Text:
    """What an invented person would read."""
    places = OCCASIONS[kind].places
    return Text(filled(text.subject, places), filled(text.body, places), text.version)


def check_text(kind: str, words: str) -> None:
    """Raise ValidationError for a placeholder that this occasion cannot fill."""
    places = OCCASIONS[kind].places
    unknown = sorted({match[1] for match in _PLACE.finditer(words)} - set(places))
    if unknown:
        raise ValidationError(
            _("Unknown: %(unknown)s. This message knows: %(known)s."),
            params={
                "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                "known": ", ".join(f"{{{name}}}" for name in places),
            },
        )


def new_version(office: Office, kind: str, *, subject: str, body: str, by) -> None:
    """Keep a new wording that its caller has locked the office for.

    An empty one goes back to the portal's own.
    """
    last = office.texts.filter(kind=kind).order_by("-version").first()
    MessageText.objects.create(
        office=office,
        kind=kind,
        version=last.version + 1 if last else 1,
        subject=subject,
        body=body,
        by=by,
    )
