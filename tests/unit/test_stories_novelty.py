"""What `marks` promises: known what was read, new what was not, silence in doubt."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.model import Document
from reader.paths import shipped
from reader.stories.furniture import quoted
from reader.stories.novelty import Mark, marks
from reader.stories.novelty_within import recurring, resumed
from reader.text.dateline import without_dateline
from reader.text.sentences import sentences

READ = """\
Two people were hurt when a ferry struck the pier at Norvik on Monday morning, police said.

The ferry Solveig carried 140 passengers from the island of Hestøy when its engine failed near the \
harbour entrance. Captain Ingrid Dahl told reporters that the crew dropped both anchors but could \
not stop the ship in time.

"We will examine the engine before any ferry of this class sails again," said transport minister \
Erik Lund. The pier will stay closed until Friday while divers inspect the damaged pillars."""


def mark_of(sentence: str, read: str = READ) -> Mark:
    """The mark of one sentence that follows the read text's first paragraph."""
    [*_, (said, mark)] = marks(f"{READ.split(chr(10))[0]}\n\n{sentence}", [read])
    assert said == sentence
    return mark


def test_what_was_read_word_for_word_is_known():
    assert {mark for _, mark in marks(READ, [READ])} == {Mark.KNOWN}


@pytest.mark.parametrize(
    "sentence",
    [
        "Captain Ingrid Dahl said her crew had dropped both anchors but could not stop the ship.",
        "The engine of the ferry Solveig, which carried 140 passengers from Hestøy, failed near "
        "the entrance of the harbour.",
        "Until Friday the pier will stay closed, while divers inspect pillars that were damaged.",
    ],
)
def test_what_was_read_in_other_words_is_known(sentence):
    assert mark_of(sentence) == Mark.KNOWN


@pytest.mark.parametrize(
    "sentence",
    [
        "The shipping company had ignored three warnings about worn fuel pumps since last winter.",
        "Prosecutors have opened an inquiry into the owner of the shipping line, Harald Moe.",
        "“Nobody had serviced the fuel pump for two years, though the owners knew of the cracks,” "
        "a mechanic told the newspaper Kysten.",
    ],
    ids=["cause", "consequence and name", "quote with content"],
)
def test_what_was_not_read_is_new(sentence):
    assert mark_of(sentence) == Mark.NEW


@pytest.mark.parametrize(
    "sentence",
    [
        "Seven people were hurt when a ferry struck the pier at Norvik on Monday morning, "
        "police said.",
        "The ferry Solveig carried 212 passengers from the island of Hestøy when its engine failed "
        "near the harbour entrance.",
    ],
)
def test_another_number_in_a_known_sentence_makes_it_new(sentence):
    assert mark_of(sentence) == Mark.NEW


def test_a_denial_of_what_was_read_is_new():
    read = READ.replace("its engine failed", "its engine had failed")
    denial = (
        "The ferry Solveig carried 140 passengers from the island of Hestøy when its engine had "
        "never failed near the harbour entrance."
    )
    assert mark_of(denial, read.replace("could not", "failed to")) == Mark.NEW


def test_what_was_denied_and_now_is_said_is_new():
    read = "The minister did not order the harbour to close on Monday.\n\n" + READ
    assert mark_of("The minister did order the harbour to close on Monday.", read) == Mark.NEW


def test_a_quote_that_was_read_is_known_though_it_is_told_where_it_was_said():
    told = (
        "“We will examine the engine,” the politician vowed during a stormy debate on television."
    )
    assert mark_of(told) == Mark.KNOWN


def test_a_quote_that_was_not_read_is_not_dimmed_for_what_stands_before_it():
    told = "The pier will stay closed until Friday, “while lawyers argue over unpaid repairs”."
    assert mark_of(told) != Mark.KNOWN


@pytest.mark.parametrize(
    ("said", "within"),
    [
        (['He said: "It is so. ', 'It was bad," he said.'], ["It is so.", "It was bad,"]),
        (
            ["“No,” he said.", "“One paragraph.", "“And the next,” he said."],
            ["No,", "One paragraph.", "And the next,"],
        ),
        (["Er sagte: „Das ist so“, und ging.", "»Nein«, sagte sie."], ["Das ist so", "Nein"]),
        (["Il a dit : « oui, non », puis partit."], ["oui, non"]),
        (["他说：“今天下雨。”他走了。", "彼は「雨だ」と言った。"], ["今天下雨。", "雨だ"]),
        (['A 6" pipe broke.', "It's the crew's."], ["", ""]),
        (["“Never closed.", *["On it goes."] * 20], ["Never closed.", *["On it goes."] * 5]),
    ],
    ids=[
        "two sentences",
        "paragraphs",
        "German",
        "French",
        "Chinese, Japanese",
        "none",
        "unclosed",
    ],
)
def test_what_stands_between_quotation_marks_is_found(said, within):
    found = [each.strip() for each in quoted(said)]
    assert found == within + [""] * (len(said) - len(within))


def test_what_an_article_comes_back_to_is_told_from_what_it_says_once():
    ferry, pier = {"ferry": 1.0}, {"ferry": 1.0, "pier": 1.0}
    assert recurring([ferry, pier, {"engine": 1.0}, {}]) == pytest.approx(
        [math.log(2), math.log(2) / 2, 0, 0]
    )
    assert resumed([ferry, pier, {"pier": 3.0, "engine": 1.0}, {}]) == [0, 0.5, 0.75, 0]


def test_a_name_that_was_not_read_is_not_dimmed():
    other = "Captain Olav Berg told reporters that the fire brigade at Norvik saved his passengers."
    assert mark_of(other) != Mark.KNOWN


@pytest.mark.parametrize(
    "sentence",
    [
        "Photo: Jo Day / Getty Images",
        "Sign up for our newsletter",
        "Read more",
        "By Anna Holm",
        "Erik Lund and Anna Holm contributed to this report.",
        "The minister looks at the pier of Norvik, October 12, 2021.",
        "The minister looks at the pier in Norvik on Oct. 12, 2021.",
        "The owner of the shipping line did not respond to a request for comment.",
        "Calls to the harbour office at Norvik were not immediately returned.",
        "Updated at 10:48 a.m.",
        "Contributing: Anna Holm, Northline",
        "Jo Day on the island of Hestøy contributed.",
        "Holm and Day reported from Norvik.",
        "— Erik Lund (@eriklund) March 3, 2026",
        "Jo Day is a senior fellow at the Institute of Ferries and writes on harbours.",
        "Write to Anna Holm at anna.holm@northline.example",
        "The pier of Norvik is seen in this picture taken in October.",
        "* * *",
    ],
)
def test_captions_by_lines_and_invitations_stay_unmarked(sentence):
    assert mark_of(sentence) == Mark.NONE


def test_under_whose_name_a_message_stood_is_no_part_of_the_sentence_after_it():
    told = "The pier will stay closed until Friday while divers inspect the damaged pillars."
    signed = f"— Erik Lund (@eriklund) March 3, 2026 {told}"
    marked = marks(f"{READ.split(chr(10))[0]}\n\n{signed}", [READ])
    assert marked[-1][1] == mark_of(told) == Mark.KNOWN


def test_who_the_author_is_stands_at_the_foot_of_a_page_only():
    bio = "Ingrid Dahl is an editor of the paper that first told of the engine."
    first, *rest = READ.split("\n\n")
    foot = marks("\n\n".join([first, *rest, bio]), [first])
    assert foot[-1][1] == Mark.NONE
    [told] = [mark for said, mark in marks("\n\n".join([bio, *rest]), [first]) if said == bio]
    assert told == Mark.NEW


def test_what_came_days_after_is_less_readily_taken_for_known():
    told = "Ferries to Hestøy will sail from the old quay until divers have inspected the pier."
    follow_up = f"{READ.split(chr(10))[0]}\n\n{told}"
    assert marks(follow_up, [READ])[-1][1] == Mark.KNOWN
    assert marks(follow_up, [READ], later=True)[-1][1] == Mark.NONE


def test_a_caption_before_its_credit_stays_unmarked():
    page = f"{READ}\n\nThe ferry at the pier of Norvik.\n\nREUTERS/Jo Day"
    assert [mark for _, mark in marks(page, [READ])][-2:] == [Mark.NONE, Mark.NONE]


def test_headlines_glued_to_a_name_do_not_hide_that_a_sentence_is_known():
    glued = (
        "The pier will stay closed until Friday while divers inspect the damaged pillars, Erik "
        "Lund Erik LundMinister denies rumours of an early vote Who will lead the harbour board? "
        "Ten things to know about the budget MORE said."
    )
    found = [mark for _, mark in marks(f"{READ.split(chr(10))[0]}\n\n{glued}", [READ])]
    assert found[1] == Mark.KNOWN


@pytest.mark.parametrize(
    "lead_in",
    [
        "ADVERTISEMENT",
        "MINISTER DENIES RUMOURS OF EARLY VOTE",
        "Ferry Hits Pier Enlarge this image toggle caption Jo Day/AP Jo Day/AP Updated at 5 p.m.",
    ],
    ids=["advertisement", "headline in capitals", "credit"],
)
def test_what_runs_into_a_sentence_on_the_page_changes_no_mark(lead_in):
    known = (
        "Until Friday the pier will stay closed, while divers inspect pillars that were damaged."
    )
    new = "Prosecutors have opened an inquiry into the owner of the shipping line, Harald Moe."
    assert mark_of(f"{lead_in} {known}") == Mark.KNOWN
    assert mark_of(f"{lead_in} {new}") == Mark.NEW


def test_what_was_nowhere_read_is_not_dimmed_for_its_neighbours_sake():
    told, *read = (
        clean(Document(path.read_bytes(), name=path.name)).text
        for name in ("nine-hurt-not-eleven", "an-error-of-eleven-minutes", "harbour-wall-vote")
        for path in (shipped("data") / "sample").rglob(f"{name}.html")
    )
    [found] = [mark for said, mark in marks(told, read) if said.startswith("The figure went from")]
    assert found != Mark.KNOWN


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (
            "The A.T.F. inspected 5,500 rifles in Boston.",
            "The ATF inspected 5500 rifles in Boston.",
        ),
        ("They will ratify the treaty in Ottawa.", "They ratified the treaty in Ottawa."),
    ],
)
def test_another_way_to_write_a_word_is_the_same_word(told, read):
    [(_, mark)] = marks(told, [f"{read} {READ}"])
    assert mark == Mark.KNOWN


@pytest.mark.parametrize(
    ("read", "same", "other"),
    [
        (
            "Bei dem Unfall im Hafen von Norvik wurden drei Matrosen der Fähre schwer verletzt.",
            "Bei dem Unfall im Hafen von Norvik wurden 3 Matrosen der Fähre schwer verletzt.",
            "Bei dem Unfall im Hafen von Norvik wurden sieben Matrosen der Fähre schwer verletzt.",
        ),
        (
            "При аварии в порту Норвика тяжело пострадали пять матросов парома.",
            "При аварии в порту Норвика тяжело пострадали 5 матросов парома.",
            "При аварии в порту Норвика тяжело пострадали восемь матросов парома.",
        ),
        (
            "En el accidente del puerto de Norvik cuatro marineros del ferry resultaron heridos.",
            "En el accidente del puerto de Norvik 4 marineros del ferry resultaron heridos.",
            "En el accidente del puerto de Norvik nueve marineros del ferry resultaron heridos.",
        ),
    ],
    ids=["German", "Russian", "Spanish"],
)
def test_a_number_is_the_same_in_words_and_in_figures(read, same, other):
    assert [mark for _, mark in marks(same, [read])] == [Mark.KNOWN]
    assert [mark for _, mark in marks(other, [read])] == [Mark.NEW]


def test_where_nothing_was_read_nothing_is_marked():
    assert {mark for _, mark in marks(READ, [])} == {Mark.NONE}
    assert {mark for _, mark in marks(READ, ["", " \n"])} == {Mark.NONE}
    assert marks("", [READ]) == []
    assert marks(" \n\n", [READ]) == []


def test_reading_in_one_language_says_nothing_of_articles_in_another():
    german = (
        "Zwei Menschen wurden verletzt, als eine Fähre am Montag in Norvik gegen den Pier stieß. "
        "Die Polizei sagte, der Motor des Schiffes sei vor der Einfahrt des Hafens ausgefallen."
    )
    assert {mark for _, mark in marks(german, [READ])} == {Mark.NONE}


@pytest.mark.parametrize(
    ("told", "more"),
    [
        (
            "Zwei Menschen wurden verletzt, als eine Fähre am Montag in Norvik gegen den Pier "
            "stieß. Die Polizei sagte, der Motor des Schiffes sei vor dem Hafen ausgefallen.",
            "Die Staatsanwaltschaft ermittelt gegen den Eigentümer der Reederei, Harald Moe. "
            "Er soll Warnungen vor abgenutzten Pumpen seit dem Winter nicht beachtet haben.",
        ),
        (
            "Два человека пострадали, когда паром в понедельник ударился о причал в Норвике. "
            "Полиция сообщила, что двигатель судна отказал перед входом в гавань.",
            "Прокуратура начала расследование против владельца компании Харальда Му. "
            "Он с зимы не обращал внимания на предупреждения об изношенных насосах.",
        ),
        (
            "周一上午，一艘渡轮在诺尔维克撞上码头，两人受伤。警方表示，该船的发动机在港口入口附近失灵。",
            "检察官已对航运公司的所有者展开调查，并搜查了公司总部的办公室。"
            "据报道，自去年冬天以来，他一直无视有关燃油泵磨损的三次警告。",
        ),
        (
            "أصيب شخصان عندما اصطدمت عبارة بالرصيف في نورفيك صباح يوم الاثنين. "
            "وقالت الشرطة إن محرك السفينة تعطل قرب مدخل الميناء.",
            "فتح المدعون تحقيقا مع مالك شركة الشحن هارالد مو بعد الحادث. "
            "ويقال إنه تجاهل ثلاثة تحذيرات بشأن مضخات الوقود البالية منذ الشتاء الماضي.",
        ),
        (
            "月曜日の朝、ノルビクの桟橋にフェリーが衝突し、二人がけがをした。"
            "警察によると、港の入り口付近で船のエンジンが故障したという。",
            "検察は海運会社の所有者ハラルド・モーの捜査を始め、本社の事務所を捜索した。"
            "彼は昨年の冬から摩耗した燃料ポンプに関する三度の警告を無視していたとされる。",
        ),
        (
            "सोमवार सुबह नॉर्विक में एक नौका घाट से टकरा गई और दो लोग घायल हो गए। "
            "पुलिस ने कहा कि बंदरगाह के पास जहाज का इंजन खराब हो गया था।",
            "अभियोजकों ने जहाज कंपनी के मालिक हेराल्ड मो के खिलाफ जांच शुरू कर दी है। "
            "बताया जाता है कि उन्होंने सर्दियों से घिसे हुए ईंधन पंपों की चेतावनियों को अनदेखा किया।",
        ),
        (
            "Deux personnes ont été blessées lundi quand un ferry a heurté la jetée de Norvik. "
            "La police a dit que le moteur du navire était tombé en panne devant l'entrée du port.",
            "Le parquet a ouvert une enquête contre le propriétaire de la compagnie, Harald Moe. "
            "Il aurait ignoré depuis l'hiver trois avertissements sur des pompes usées.",
        ),
        (
            "Dos personas resultaron heridas el lunes cuando un ferry chocó contra el muelle de "
            "Norvik. La policía dijo que el motor del barco se averió cerca del puerto.",
            "La fiscalía abrió una investigación contra el dueño de la naviera, Harald Moe. "
            "Al parecer ignoró desde el invierno tres avisos sobre bombas gastadas.",
        ),
        (
            "Duas pessoas ficaram feridas na segunda-feira quando um ferry bateu no cais de "
            "Norvik. A polícia disse que o motor do navio avariou perto da entrada do porto.",
            "O Ministério Público abriu um inquérito contra o dono da companhia, Harald Moe. "
            "Ele teria ignorado desde o inverno três avisos sobre bombas de combustível gastas.",
        ),
        (
            "Due persone sono rimaste ferite lunedì quando un traghetto ha urtato il molo di "
            "Norvik. La polizia ha detto che il motore della nave si è guastato vicino al porto.",
            "La procura ha aperto un'inchiesta contro il proprietario della compagnia, Harald Moe. "
            "Avrebbe ignorato dall'inverno tre avvisi sulle pompe di carburante usurate.",
        ),
        (
            "Twee mensen raakten maandag gewond toen een veerboot tegen de pier van Norvik voer. "
            "De politie zei dat de motor van het schip vlak voor de haven uitviel.",
            "Justitie begon een onderzoek tegen de eigenaar van de rederij, Harald Moe. "
            "Hij zou sinds de winter drie waarschuwingen over versleten pompen hebben genegeerd.",
        ),
    ],
    ids=[
        "German",
        "Russian",
        "Chinese",
        "Arabic",
        "Japanese",
        "Hindi",
        "French",
        "Spanish",
        "Portuguese",
        "Italian",
        "Dutch",
    ],
)
def test_other_languages_are_marked_by_the_same_rule(told, more):
    first, second, _, last = (mark for _, mark in marks(f"{told}\n\n{more}", [told]))
    assert (first, second, last) == (Mark.KNOWN, Mark.KNOWN, Mark.NEW)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_gets_a_mark_for_every_sentence(text, read):
    found = marks(text, read)
    assert [said for said, _ in found] == [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        "Same words again here now. " * 8_000,
        ". " * 100_000,
        "a’" * 50_000,
        "漢" * 100_000,
        "\n".join(f"Line {n} of number {n * 7} stands." for n in range(8_000)),
    ],
    ids=["one sentence", "one sentence often", "stops", "apostrophes", "one letter", "lines"],
)
def test_hostile_texts_take_no_longer_than_their_length_asks(text):
    begun = time.process_time()
    marks(text, [text, text[1:]])
    assert time.process_time() - begun < 6


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("LONDON (AP) — The bank cut its rate.", "The bank cut its rate."),
        ("OSTREY, Oct 15 (Northline) - A storm broke.", "A storm broke."),
        ("Paris, 12 mars (AFP) - Le prix monte.", "Le prix monte."),
        ("A storm - the worst in years - broke.", "A storm - the worst in years - broke."),
        ("The U.S. - a country of fifty states.", "The U.S. - a country of fifty states."),
    ],
)
def test_the_dateline_of_an_agency_is_no_part_of_the_news(text, rest):
    assert without_dateline(text) == rest


def test_a_dateline_and_another_way_to_write_the_hour_make_nothing_new():
    read = "A gate broke at the port of Ostrey on Thursday at 2.40am, sinking 23 small boats there."
    told = "OSTREY, Oct 15 (Northline) - " + read.replace("2.40am", "2:40 a.m.")
    assert marks(told, [read])[0][1] == Mark.KNOWN
    assert marks(told.replace("2:40", "3:15"), [read])[0][1] == Mark.NEW


def test_rare_words_that_stand_equally_often_in_many_places_break_nothing():
    read = "\n".join(
        f"The {word} was seen again near the old harbour wall {number}."
        for word in ("Zorvath", "Quennix", "Brumdal", "Yivolk")
        for number in (1, 2)
    )
    told = "Yivolk met Quennix and Brumdal and Zorvath."
    assert [said for said, _ in marks(told, [read])] == [told]


@pytest.mark.parametrize(
    "opening",
    [
        "Families of passengers of the ferry Solveig gathered on the pier at Norvik to sing.",
        "Captain Ingrid Dahl of the ferry Solveig handed in her licence at Norvik police station.",
        "Transport minister Erik Lund flew to Hestøy to apologise to passengers of the Solveig.",
        "The ferry Solveig was towed from Norvik harbour to a shipyard.",
        "A lawyer for two people hurt on the ferry at Norvik has sued the owner.",
    ],
)
def test_what_opens_a_follow_up_is_not_known_by_its_names_alone(opening):
    [_, told, _] = READ.split("\n\n")
    [(said, mark), *rest] = marks(f"{opening} {told}", [READ], later=True)
    assert (said, mark) != (opening, Mark.KNOWN)
    assert {mark for _, mark in rest} == {Mark.KNOWN}


def test_what_opens_a_follow_up_is_known_where_it_only_repeats():
    [first, told, _] = READ.split("\n\n")
    assert marks(f"{first} {told}", [READ], later=True)[0][1] == Mark.KNOWN
