"""What offices often ask people to correct: the items, the first set, and how it reads.

A reason is Indonesian, whatever language the reader of the portal has chosen; it stands
in a letter, and on the applicant's page.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from applicants.models import DocumentKind
from applicants.rules import SECTIONS
from services.office.models import Office, Reason

# As services.issuance.items names them; "" is for every item.
ITEMS: dict[str, str | Promise] = {
    "": _("Every part"),
    **{section.key: section.title for section in SECTIONS},
    **{kind.value: kind.label for kind in DocumentKind},
}

# Item, short name, what the applicant reads. An office begins with these.
STARTING = (
    ("", "Bukan milik pemohon", "Dokumen ini milik orang lain. Kirim milik Anda."),
    ("", "Dokumen terpotong", "Foto ulang sampai keempat sudutnya terlihat."),
    (
        "identity",
        "Nama tidak sama dengan KTP",
        "Tulis nama Anda persis seperti di KTP.",
    ),
    (
        "identity",
        "NIK tidak sama dengan KTP",
        "Periksa lagi ke-16 angka NIK, lalu tulis persis seperti di KTP.",
    ),
    (
        "identity",
        "Tempat/tanggal lahir berbeda",
        "Tulis tempat dan tanggal lahir persis seperti di KTP.",
    ),
    (
        "general",
        "Status kawin berbeda",
        "Pilih status perkawinan yang sama dengan KTP.",
    ),
    (
        "general",
        "Nomor HP tidak dapat dihubungi",
        "Tulis nomor HP Anda yang masih aktif.",
    ),
    (
        "address",
        "Alamat tidak sama dengan KTP",
        "Tulis alamat persis seperti di KTP, termasuk RT dan RW.",
    ),
    (
        "address",
        "Alamat belum lengkap",
        "Lengkapi nama jalan atau dusun, RT, RW, dan desa atau kelurahan.",
    ),
    (
        "education",
        "Berbeda dengan ijazah",
        "Samakan nama sekolah, jurusan, dan tahun lulus dengan ijazah.",
    ),
    (
        "education",
        "Sekolah terakhir belum ada",
        "Tambahkan sekolah terakhir Anda, sama dengan ijazah yang dikirim.",
    ),
    (
        "training",
        "Kursus tanpa bukti",
        "Kirim sertifikat kursus ini, atau hapus kursusnya dari daftar.",
    ),
    (
        "languages",
        "Tingkat bahasa belum jelas",
        "Tulis bahasa yang Anda kuasai dan pilih tingkatnya.",
    ),
    (
        "experience",
        "Tahun kerja tidak cocok",
        "Periksa lagi tahun mulai dan tahun selesai bekerja.",
    ),
    (
        "wishes",
        "Pekerjaan terlalu umum",
        "Tulis satu pekerjaan yang jelas, misalnya operator jahit.",
    ),
    (
        "ktp",
        "Foto KTP buram",
        "Foto KTP buram. Foto ulang di tempat terang sampai semua huruf terbaca.",
    ),
    (
        "ktp",
        "KTP terpotong",
        "KTP tidak terlihat utuh. Foto ulang sampai keempat sudutnya terlihat.",
    ),
    (
        "ktp",
        "Pantulan cahaya",
        "Ada pantulan cahaya pada KTP. Foto ulang tanpa lampu kilat.",
    ),
    ("ktp", "Bukan KTP", "Gambar ini bukan KTP. Kirim foto bagian depan KTP Anda."),
    (
        "ijazah",
        "Ijazah tidak terbaca",
        "Ijazah tidak terbaca. Foto ulang atau pindai sampai semua huruf terbaca.",
    ),
    (
        "ijazah",
        "Bukan ijazah terakhir",
        "Kirim ijazah terakhir Anda, sama dengan pendidikan yang Anda isi.",
    ),
    (
        "ijazah",
        "Nama berbeda dengan KTP",
        "Nama di ijazah berbeda dengan KTP. Datanglah ke kantor dengan membawa ijazah"
        " asli dan KTP.",
    ),
    (
        "skl",
        "SKL tanpa tanda tangan atau stempel",
        "Kirim SKL yang sudah ditandatangani kepala sekolah dan distempel.",
    ),
    (
        "skl",
        "SKL sudah tidak berlaku",
        "Ijazah Anda seharusnya sudah terbit. Kirim ijazah, bukan SKL.",
    ),
    (
        "foto",
        "Wajah tidak jelas",
        "Wajah tidak terlihat jelas. Kirim pasfoto baru, wajah menghadap ke depan.",
    ),
    (
        "foto",
        "Latar tidak sesuai",
        "Latar foto tidak sesuai. Gunakan latar polos seperti yang diminta kantor.",
    ),
    (
        "foto",
        "Swafoto atau foto lama",
        "Kirim pasfoto yang baru dan rapi, bukan swafoto dan bukan foto lama.",
    ),
    (
        "kk",
        "Kartu Keluarga tidak terbaca",
        "Kartu Keluarga tidak terbaca. Foto ulang sampai semua huruf terbaca.",
    ),
    (
        "sertifikat",
        "Sertifikat tidak terbaca",
        "Sertifikat tidak terbaca. Foto ulang sampai semua huruf terbaca.",
    ),
    (
        "pengalaman",
        "Surat tanpa tanda tangan",
        "Kirim surat pengalaman kerja yang ditandatangani oleh perusahaan.",
    ),
)


def begin_with(office: Office) -> None:
    """Give an office that its caller has just opened the first set."""
    Reason.objects.bulk_create(
        Reason(office=office, item=item, label=label, sentence=sentence, position=place)
        for place, (item, label, sentence) in enumerate(STARTING)
    )


def line(item: str, sentence: str) -> str:
    """The line of the letter. A reason for every item is shown with the KTP."""
    with override("id"):
        return f"- {ITEMS[item or DocumentKind.KTP]}: {sentence}"
