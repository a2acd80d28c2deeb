"""Sentences, stop words and language of twelve languages, by short texts of our own."""

from __future__ import annotations

import pytest

from reader.text.sentences import sentences
from reader.text.terms import language_of, stop_words, words

SENTENCES = {
    "en": [
        "Dr. Mary K. Olsen paid $3.5 million on Jan. 5, the U.S. envoy said.",
        "“Was it worth it?” asked Rep. Lee.",
        "He said no.",
        "They call it art.",
        "See art. 5 and no. 7 of the treaty.",
    ],
    "de": [
        "Am 3. Oktober kam Prof. Dr. Anna Berg, z. B. nach Bonn.",
        "Der 2. Vorsitzende feierte seinen 80. Geburtstag.",
        "„Das kostet 3,5 Mio. Euro“, sagte er.",
        "»Wirklich?«",
        "Ja, bzw. vielleicht.",
    ],
    "fr": [
        "M. Dupont a payé 3,5 millions d'euros, av. J.-C. ou non.",
        "« Est-ce vrai ? »",
        "« Non ! » a répondu Mme Roy.",
        "Il est parti.",
    ],
    "es": [
        "El Sr. Pérez pagó 3.500 euros a la Sra. Ruiz.",
        "¿Qué pasó?",
        "¡Nada!",
        "EE.UU. y la Cía. Norte firmaron.",
    ],
    "pt": [
        "O Sr. Silva e a Dra. Costa chegaram às 10h.",
        "“É verdade?”",
        "Custou 3,5 milhões.",
        "Ninguém saiu.",
    ],
    "it": [
        "Il sig. Rossi e l'avv. Bianchi sono arrivati.",
        "«È vero?»",
        "Costa 3,5 milioni.",
        "Nessuno è uscito.",
    ],
    "nl": [
        "Dhr. Jansen en mevr. De Vries kwamen o.a. naar Breda.",
        "‘Is dat waar?’",
        "Het kost 3,5 miljoen.",
        "Niemand ging weg.",
    ],
    "ru": [
        "В 1999 г. А. С. Иванов заплатил 3,5 млн. рублей.",
        "«Правда ли это?»",
        "На ул. Мира никого не было.",
        "Все ушли!",
    ],
    "ar": [
        "قال د. محمد إن الكلفة 3.5 مليون.",
        "هل هذا صحيح؟",
        "غادر الجميع المدينة.",
    ],
    "hi": [
        "डॉ. शर्मा और एस. जयशंकर दिल्ली आए।",
        "क्या यह सच है?",
        "इसकी लागत 3.5 करोड़ रुपये है।",
        "सब चले गए॥",
    ],
    "zh": [
        "他在1月5日支付了3.5亿元。",
        "这是真的吗？",
        "他说：“没有人受伤。”",
        "“大家都走了！”",
    ],
    "ja": [
        "彼は1月5日に3.5億円を支払った。",
        "本当ですか？",
        "「けが人はいない。」と市長は述べた。",
        "全員が去った！",
    ],
}

PROSE = {
    "en": "The council voted on Tuesday to close the old bridge, and nobody knows when it opens.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu sperren, und niemand weiß, "
    "wann sie wieder geöffnet wird.",
    "fr": "Le conseil a décidé mardi de fermer le vieux pont, et personne ne sait quand il sera "
    "rouvert dans la ville.",
    "es": "El concejo decidió el martes cerrar el viejo puente, y nadie sabe cuándo se va a abrir "
    "otra vez para los vecinos.",
    "pt": "O conselho decidiu na terça-feira fechar a velha ponte, e ninguém sabe quando ela vai "
    "abrir outra vez para os moradores.",
    "it": "Il consiglio ha deciso martedì di chiudere il vecchio ponte, e nessuno sa quando sarà "
    "riaperto per gli abitanti della città.",
    "nl": "De raad heeft dinsdag besloten om de oude brug te sluiten, en niemand weet wanneer die "
    "weer voor het verkeer opengaat.",
    "ru": "Во вторник совет решил закрыть старый мост, и никто не знает, когда он будет открыт "
    "для жителей города.",
    "ar": "قرر المجلس يوم الثلاثاء إغلاق الجسر القديم، ولا أحد يعرف متى سيفتح من جديد أمام السكان "
    "في المدينة.",
    "hi": "परिषद ने मंगलवार को पुराने पुल को बंद करने का फैसला किया और किसी को नहीं पता कि यह कब खुलेगा।",
    "zh": "市议会周二决定关闭旧桥，没有人知道它什么时候会重新开放。",
    "ja": "市議会は火曜日に古い橋の閉鎖を決め、いつ再開するかは誰にも分からない。",
}


IN_CYRILLIC = {
    "ru": ["Лодка вернулась в гавань вечером. Рыбаки рады.", "Это новая книга о море."],
    "uk": ["Човен повернувся до гавані ввечері.", "Ціни на хліб зросли за рік."],
    "bg": [
        "Лодката се върна в пристанището вечерта.",
        "Цената на хляба се повиши с десет процента.",
    ],
    "sr": ["Чамац се вратио у луку увече.", "Цена хлеба је порасла за десет одсто."],
    "mk": ["Бродот се врати во пристаништето вечерта. Нејзината цена е висока."],
    "be": ["У аўторак рада вырашыла закрыць стары мост, і ніхто не ведае, калі ён адкрыецца."],
    "kk": ["Нан бағасы бір жылда он пайызға өсті."],
    "ky": [
        "Нандын баасы бир жылда он пайызга өстү.",
        "Мектепте жаңы окуу жылы башталды, бирок балдар үчүн китептер жетишсиз.",
        "Кайык кечинде кайра келди. Деңиз үч күн тынчыган жок.",
        "Бишкекте кечээ түнү кар жаап, жолдор тайгак болду. Айдоочулар этият болушсун.",
        "Улуттук банк эсептик ченди өзгөрүүсүз калтырды",
    ],
    "mn": [
        "Талхны үнэ нэг жилд арван хувиар өссөн.",
        "Завь орой буцаж ирэв. Загасчид их баярлав, учир нь далай гурван хоног намдсангүй.",
        "Ерөнхий сайд гадаадын хөрөнгө оруулагчидтай уулзаж, шинэ замын тухай ярилцав.",
        "Үндэсний шигшээ баг тивийн аварга шалгаруулах тэмцээнд хүрэл медаль хүртэв.",
    ],
    "tg": ["Рӯзи сешанбе шӯро қарор кард, ки пули кӯҳнаро бандад."],
    None: [
        "Нон нархи бир йилда ўн фоизга ошди.",
        "Сишәмбе көнне совет иске күперне ябарга карар итте.",
        "Китап яңа чыкты.",
        "Куорат сэбиэтэ эргэ муоһаны сабарга быһаарда, дьон өрүһү оҥочонон туоруур.",
        "Хотын зүблэл хуушан хүүргые хааха шиидхэбэри абаа һэн.",
        "Президент подписал закон",
    ],
}
IN_CYRILLIC_ALL = [(language, text) for language in IN_CYRILLIC for text in IN_CYRILLIC[language]]


@pytest.mark.parametrize(("language", "text"), IN_CYRILLIC_ALL)
def test_languages_in_cyrillic_are_told_apart_in_few_words(language, text):
    assert language_of(text) == language


def test_russian_that_names_a_place_elsewhere_is_russian():
    text = "Газета «Қазақстан» пишет, что в порту Київ на реке построят новый мост, а старый "
    assert language_of(f"{text} закроют до зимы, как решил совет города на этой неделе.") == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "Газета «Өдрийн сонин» пишет, что в городе Мөрөн построят новый мост, а старый закроют до "
        "зимы, как решил совет города на этой неделе.",
        "Өмүрбек Көлбаев, Үсөн Өзүбеков и Түгөлбай обсудили дороги, на которых было много аварий.",
    ],
)
def test_russian_that_names_people_and_places_elsewhere_is_not_of_there(text):
    assert language_of(text) in ("ru", None)


LETTERS_OF_THEIR_OWN = {
    "fa": "شورای شهر روز سه‌شنبه تصمیم گرفت پل قدیمی را ببندد و هیچ‌کس نمی‌داند.",
    "ur": "کونسل نے پرانا پل بند کرنے کا فیصلہ کیا اور کسی کو معلوم نہیں کہ یہ کب کھلے گا۔",
    "mr": "परिषदेने मंगळवारी जुना पूल बंद करण्याचा निर्णय घेतला आणि तो कधी उघडेल ते माहीत नाही.",
    "ta": "பழைய பாலத்தை மூட சபை செவ்வாய்க்கிழமை முடிவு செய்தது.",
    "ka": "საბჭომ სამშაბათს ძველი ხიდის დახურვა გადაწყვიტა.",
}


@pytest.mark.parametrize("language", LETTERS_OF_THEIR_OWN)
def test_letters_alone_tell_a_language_without_a_list_of_words(language):
    assert language_of(LETTERS_OF_THEIR_OWN[language]) == language


@pytest.mark.parametrize("language", SENTENCES)
def test_a_text_is_parted_at_its_own_full_stops(language):
    gap = "" if language in ("zh", "ja") else " "
    text = gap.join(SENTENCES[language])
    assert [text[a:b] for a, b in sentences(text)] == SENTENCES[language]


@pytest.mark.parametrize("language", PROSE)
def test_a_text_that_says_nothing_of_its_language_tells_it(language):
    assert language_of(PROSE[language]) == language


@pytest.mark.parametrize("language", PROSE)
def test_stop_words_are_no_terms(language):
    found = words(PROSE[language])
    assert found
    assert not stop_words(language) & set(found)
    assert len(set(found)) < len(PROSE[language].split()) or language in ("zh", "ja")


@pytest.mark.parametrize("language", PROSE)
def test_every_language_has_stop_words(language):
    assert len(stop_words(language)) > 40


@pytest.mark.parametrize(
    ("language", "numeral"),
    [("es", "dos"), ("fr", "deux"), ("de", "zwei"), ("it", "due"), ("ru", "десять"), ("hi", "दो")],
)
def test_no_numeral_is_a_stop_word(language, numeral):
    assert numeral not in stop_words(language)


def test_what_japanese_writes_for_its_grammar_is_no_term():
    assert words("橋は閉鎖されていました") == ["橋は", "は閉", "閉鎖", "鎖さ"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REUTERS/Ana Lima\nThe bridge is closed.", ["REUTERS/Ana Lima", "The bridge is closed."]),
        (
            "The bridge that has carried the road over the river since 1904 is\nclosed, and "
            "nobody knows when it opens.",
            [
                "The bridge that has carried the road over the river since 1904 is\nclosed, and "
                "nobody knows when it opens."
            ],
        ),
        (
            "一座桥关闭了，没有人知道\n它什么时候开放。",
            ["一座桥关闭了，没有人知道\n它什么时候开放。"],
        ),
        (
            f"{'The old bridge stays closed to all traffic ' * 4}(photo)\nThe mayor left.",
            [
                f"{'The old bridge stays closed to all traffic ' * 4}(photo)",
                "The mayor left.",
            ],
        ),
    ],
    ids=["a short line", "a line broken for width", "Chinese", "a long line"],
)
def test_a_line_that_was_not_broken_for_width_ends_a_sentence(text, expected):
    assert [text[a:b] for a, b in sentences(text)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            "Ammattiliitto pelkää pitkää taukoa. Tehtaanjohtajan mukaan lomautuksista neuvotellaan "
            "jälkeen pyhien. Poliisi epäilee trukin akkua rullavarastossa.",
        ),
        (
            "cs",
            "Zabezpečení zámku bylo kvůli opravám částečně vypnuté, zjistili kriminalisté. Zloději "
            "o tom zřejmě věděli. Policisté vyslýchají dělníky, kteří stavěli lešení.",
        ),
        (
            "sk",
            "Zabezpečenie zámku bolo kvôli opravám čiastočne vypnuté, zistili kriminalisti. "
            "Policajti vypočúvajú robotníkov, ktorí stavali lešenie. Zlodeji boli traja.",
        ),
    ],
)
def test_short_news_in_a_language_of_long_words_tells_it(language, text):
    assert language_of(text) == language
