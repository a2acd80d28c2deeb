"""Small lines beside a text that are not of it: how long it takes to read, who took the picture."""

import re

from reader.clean import prose

_BEFORE_MINUTES = (
    "(?:estimated )?reading time", "reading", "read", "time to read", "lesezeit", "lesedauer",
    "(?:temps|durée) de lecture", "lecture", "tiempo de lectura", "lectura", "tempo di lettura",
    "lettura", "tempo de leitura", "leitura", "leestijd", "czas czytania", "время чтения",
    "час читання", "okuma süresi", "lästid", "læsetid", "lesetid", "doba čtení",
    "読了時間", "読了目安", "この記事は", "阅读时间", "閱讀時間", "预计阅读", "읽는 시간",
    "وقت القراءة", "مدة القراءة", "waktu baca",
)  # fmt: skip
_UNITS = (
    r"min(?:\.|s|uten?|utes?|utos?|uti|uto|uut|uuttia|uter|utter|ut|uty)?",
    r"мин(?:\.|ут[аы]?)?", r"хв(?:\.|илин[аи]?)?", "dk", "dakika", "分钟?", "分鐘", "分で読めます",
    "分", "분", "دقائق", "دقيقة", "menit", "phút",
)  # fmt: skip
_AFTER_MINUTES = (
    r"read(?:ing)?(?: time)?", "lesezeit", "lesedauer", "lesen", "de lecture", "de lectura",
    "di lettura", "de leitura", "leestijd", "leestid", "czytania", "чтения", "читання", "okuma",
    "lästid", "læsning", "lesing", "で読める", "阅读", "閱讀", "읽기", "قراءة", "lukuaika", "baca",
    "đọc",
)  # fmt: skip
_MINUTES = re.compile(
    rf"^\W*(?:(?:{'|'.join(_BEFORE_MINUTES)})\W*)?"
    r"(?:(?:about|approx\.?|ca\.?|env\.?|約|约|大约|~|≈|<)\s*)?"
    r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?[\s-]*"
    rf"(?:{'|'.join(_UNITS)})(?:[\s-]*(?:{'|'.join(_AFTER_MINUTES)}))?\W*$",
    re.I,
)
_PICTURE = (
    "photo(?:graph)?s?", "photography", "picture", "image", "bild(?:er|quelle|nachweis)?",
    "foto(?:s|grafie|credit|hinweis)?", "fotó", "crédits?(?: photo)?", "credit(?:s|o)?",
    "illustration", "grafik", "kuva", "zdjęcie", r"fot\.?", "фото", "иллюстрация", "写真", "画像",
    "撮影", "图片?", "圖片?", "图源", "摄影", "사진", "صورة", "imagen", "imagem", "immagine",
    "file photo", "symbolbild", "archivbild", "afbeelding", "beeld",
)  # fmt: skip
_AGENCIES = (
    "getty images?", "afp", "reuters", "dpa", "ap photo", "ap", "shutterstock", "istock",
    "unsplash", "pixabay", "epa", "imago", "picture alliance", "wikimedia commons", "keystone",
)  # fmt: skip
_CREDIT = re.compile(
    rf"^\W*(?:{'|'.join(_PICTURE)})\b[^.!?:：/|©]{{0,12}}"
    r"(?:[:：/|©]|by\b|von\b|par\b|credit|提供)"
    rf"|[.!?)…]\s+(?:{'|'.join(_PICTURE[:8])})\b\s*[:：/|©]?\s*[^!?:]{{1,49}}[^.!?:]$"
    rf"|^\W*(?:{'|'.join(_AGENCIES[:-4])})\W*$|^©|/\s*(?:{'|'.join(_AGENCIES)})\b\W*$"
    r"|^\W*\((?:photo|foto|image|bild|credit|picture)[^)]{0,80}\)$",
    re.I,
)

_FILE = re.compile(
    r"\b(?:pdf|docx?|odt|xlsx?|pptx?|zip|mp3|mp4|jpe?g|png)\b.{0,12}\d[\d.,]*\s?[kmg]i?[bo]\b|"
    r"\d[\d.,]*\s?[kmg]i?[bo]\b.{0,12}\b(?:pdf|docx?|odt|xlsx?|pptx?|zip|mp3|mp4|jpe?g|png)\b",
    re.I,
)


def is_minutes(line: str) -> bool:
    """`5 min read`, in many languages."""
    return len(line) < 60 and bool(_MINUTES.match(line))


def is_credit(line: str) -> bool:
    """Whether a short line only names who took a picture."""
    return len(line) < 200 and prose.word_count(line) <= 30 and bool(_CREDIT.search(line))


def is_download(line: str) -> bool:
    """Whether a short line offers a file: `Press release (PDF, 214 KB)`."""
    return (
        len(line) < 100 and bool(_FILE.search(line)) and not prose.ends_sentence(line.rstrip(")"))
    )
