"""The words of which the demo's people are made. None of them is anybody."""

from applicants.codes import EducationLevel

WOMEN = [
    "Siti",
    "Dewi",
    "Rina",
    "Ayu",
    "Fitri",
    "Wulan",
    "Lestari",
    "Nur",
    "Indah",
    "Putri",
    "Ratna",
    "Yuni",
    "Eka",
    "Mega",
]
MEN = [
    "Budi",
    "Agus",
    "Eko",
    "Dwi",
    "Rizki",
    "Hendra",
    "Joko",
    "Slamet",
    "Fajar",
    "Bayu",
    "Arif",
    "Wahyu",
    "Yoga",
    "Dimas",
]
LAST = [
    "Contohwati",
    "Permatasari",
    "Contohadi",
    "Nugroho",
    "Setiawan",
    "Rahayu",
    "Kusuma",
    "Handayani",
    "Saputra",
    "Wibowo",
    "Utami",
    "Prasetyo",
    "Susanti",
    "Hidayat",
    "Maharani",
    "Santoso",
    "Anggraini",
    "Purnomo",
]
STREETS = [
    "Melati",
    "Mawar",
    "Kenanga",
    "Anggrek",
    "Merdeka",
    "Diponegoro",
    "Kartini",
    "Pahlawan",
]
SCHOOLS = {
    EducationLevel.SMA: ["SMA Negeri Contoh 1", "SMA Negeri Contoh 2", "MA Contoh"],
    EducationLevel.SMK: ["SMK Negeri Contoh 1", "SMK Contoh Bahari"],
    EducationLevel.S1: ["Universitas Contoh", "Institut Teknologi Contoh"],
    EducationLevel.D3: ["Politeknik Contoh"],
}
MAJORS = {
    EducationLevel.SMA: ["IPA", "IPS", "Bahasa"],
    EducationLevel.SMK: ["Teknik Mesin", "Tata Busana", "Akuntansi", "TKJ"],
    EducationLevel.S1: ["Manajemen", "Teknik Informatika", "Pendidikan Guru SD"],
    EducationLevel.D3: ["Teknik Listrik", "Keperawatan"],
}
SKILLS = ["Menjahit", "Las listrik", "Microsoft Office", "Barista", "Mengemudi (SIM A)"]
JOBS = ["Operator jahit", "Kasir", "Staf administrasi", "Sopir", "Perawat", "Teknisi"]
EMPLOYERS = [
    "Toko Contoh Jaya",
    "PT Contoh Garmen",
    "CV Contoh Mandiri",
    "Klinik Contoh",
]
# What somebody tells of the work they found: codes of KBLI, KBJI and IPK III.
FOUND = [
    {
        "sector": "C",
        "job_title": "Operator jahit",
        "job_group": "81",
        "kind": "AKL",
        "receiver": "24",
    },
    {
        "sector": "G",
        "job_title": "Kasir",
        "job_group": "52",
        "kind": "AKL",
        "receiver": "24",
    },
    {
        "sector": "F",
        "job_title": "Tukang las",
        "job_group": "72",
        "kind": "AKAD",
        "receiver": "22",
    },
]
REASONS = {
    "ktp": "Foto KTP buram, tolong foto ulang di tempat terang.",
    "ijazah": "Halaman nilai belum ada.",
    "foto": "Latar belakang foto belum polos.",
    "address": "RT/RW belum diisi.",
    "education": "Tahun lulus berbeda dengan ijazah.",
}
# Item, short name and sentence of reasons that the demo's office added.
OWN_REASONS = [
    ("", "Foto dari layar", "Foto dokumen aslinya, bukan foto dari layar HP lain."),
    ("ijazah", "Belum dilegalisasi", "Kirim ijazah yang asli atau yang dilegalisasi."),
]
