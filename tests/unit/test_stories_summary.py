"""A summary is the source's own if that is one; else whole sentences of the article."""

import pytest

from reader.stories.edition import opening
from reader.stories.phrases import phrases, phrases_of
from reader.stories.summary import central, extracted, is_summary, summary
from reader.text.sentences import sentences

TITLE = "Harbour wall gives way in the storm"
TEXT = """\
The harbour wall at Penmar gave way early on Tuesday, flooding forty houses on the lower quay.

Nobody was hurt, but two hundred people spent the night in the school hall. The wall had been \
inspected in March and was found to be sound.

Weather

Engineers from the county said that waves of six metres had undermined its foot. "We have never \
seen the sea do this," said the harbour master, Ellen Roe. Repairs to the wall will take until \
the summer and cost four million pounds.

The council meets on Friday to decide whether the quay can be lived in again. Residents of the \
lower quay had asked for a higher wall since the flood of 2014. The fishing fleet lost nine \
boats."""
OWN = (
    "Two hundred residents of a coastal village were moved out by night after the sea broke "
    "through its defences; repairs may last into summer."
)


class TestTheSourcesOwn:
    def test_is_taken_if_it_is_one(self):
        told = summary(OWN, TITLE, TEXT)
        assert (told.text, told.is_own) == (OWN, True)

    @pytest.mark.parametrize(
        "said",
        [
            TEXT.splitlines()[0],
            " ".join(TEXT.split())[:250],
            "The harbour wall at Penmar gave way early on Tuesday, flooding forty houses …",
            OWN + " Read more",
            "Residents of a village were moved out by night. Continue reading →",
            f"<p>{OWN}</p>",
            OWN.replace("; ", "&nbsp;"),
            TITLE,
            TITLE.upper() + ".",
            "Repairs begin",
            "",
            "Two hundred residents of a village were moved out after the sea broke through its "
            "defences, and the repairs of the wall, which had been inspec",
            "Get the latest news, sport and opinion from the Penmar Gazette.",
            "Independent journalism, podcasts, newsletters, weather forecasts, puzzles, recipes.",
            "The post Harbour wall gives way appeared first on Penmar Gazette.",
            "Article URL: https://example.org/1 Comments URL: https://example.org/2 Points: 7",
            "submitted by /u/ellen [link] [comments] about the wall of the harbour",
            "Die Bewohner wurden in der Nacht aus den Häusern geholt. Weiterlesen",
            "Une centaine d’habitants ont quitté leurs maisons. Lire la suite",
            TEXT,
        ],
    )
    def test_is_not_taken_if_it_is_none(self, said):
        told = summary(said, TITLE, TEXT)
        assert not told.is_own
        assert told.text == extracted(TEXT)

    def test_an_extract_from_further_down_is_one(self):
        long = TEXT + "\n\n" + "The sea was calm again by noon on that day. " * 80 + "\n\n" + OWN
        assert is_summary(OWN, TITLE, long)

    def test_is_taken_where_there_is_no_text(self):
        assert summary(OWN, TITLE, "").is_own

    def test_chinese_lead_copied_is_none_and_a_standfirst_is_one(self):
        text = (
            "周二凌晨，彭马港的防波堤在风暴中倒塌，四十户人家被淹。没有人受伤。"
            "两百名居民在学校礼堂过夜。县里的工程师说，六米高的海浪冲垮了堤脚。修复将持续到夏天。"
            "议会周五开会。渔船队损失了九艘船。居民自从二零一四年洪水以来一直要求加高防波堤。"
        )
        assert not is_summary(
            "周二凌晨，彭马港的防波堤在风暴中倒塌，四十户人家被淹。", "防波堤倒塌", text
        )
        assert is_summary("工程师认为海浪冲垮堤脚，居民早就要求加高防波堤。", "防波堤倒塌", text)


class TestOfTheSentences:
    def test_three_whole_ones_in_their_order(self):
        said = extracted(TEXT)
        whole = {" ".join(TEXT[a:b].split()) for a, b in sentences(TEXT)}
        found = [said[a:b] for a, b in sentences(said)]
        assert len(found) == 3
        assert set(found) <= whole
        places = [" ".join(TEXT.split()).index(each) for each in found]
        assert places == sorted(places)

    def test_headings_are_none(self):
        assert "Weather" not in extracted("Weather\n\n" + TEXT)

    @pytest.mark.parametrize(
        "before",
        [
            "FILE - In this Nov. 30, 2017 file photo, men wait at the harbour wall of Penmar.\n\n",
            "The harbour wall of Penmar is seen after the storm in Penmar on March 3, 2020.\n\n",
            "REUTERS/Kevin Lamarque takes a picture of the harbour wall of Penmar.\n\n",
            "PENMAR (Reuters) - ",
            "(Reuters) - ",
            "PENMAR – ",
            "Storm Takes Wall Enlarge this image toggle caption Jo Day/AP Jo Day/AP ",
        ],
    )
    def test_what_stands_before_the_news_is_not_in_it(self, before):
        assert extracted(before + TEXT) == extracted(TEXT)
        assert opening(before + TEXT) == opening(TEXT)

    def test_a_party_is_no_caption(self):
        assert "(R)" in extracted(TEXT.replace("gave way", "gave way to Governor Ames (R)"))

    def test_nothing_but_a_caption_is_still_said(self):
        caption = "FILE - In this file photo, men wait at the harbour wall of Penmar."
        assert extracted(caption) == caption

    def test_the_beginning_goes_before_the_end(self):
        assert extracted(TEXT).startswith("The harbour wall at Penmar gave way")

    def test_what_says_the_same_is_said_once(self):
        first = "The harbour wall at Penmar gave way early on Tuesday and flooded the quay."
        again = "Early on Tuesday the harbour wall at Penmar gave way and flooded the quay."
        others = "Engineers blamed the waves. The council meets on Friday. Nine boats were lost."
        said = extracted(f"{first} {again} {others}")
        assert (first in said) + (again in said) == 1

    def test_of_a_very_long_text_no_sentence_is_cut(self):
        sentence = "The council of Penmar met on the quay to speak of the wall and of its repair"
        long = " ".join(f"{sentence} for the {n}th time." for n in range(400))
        assert extracted(long).count(" time.") == len(sentences(extracted(long)))

    @pytest.mark.parametrize("text", ["", "   \n", "Short.", "No end here"])
    def test_a_short_text_is_its_own_summary(self, text):
        assert extracted(text) == text.strip()

    @pytest.mark.parametrize(
        ("stop", "begins"),
        [
            ("。", "港の防波堤が火曜日の朝に倒れた。"),
            ("।", "मंगलवार की सुबह बंदरगाह की दीवार गिर गई।"),
        ],
    )
    def test_in_scripts_with_other_stops(self, stop, begins):
        rest = [f"{begins[n:-1]}{begins[:n]}{stop}" for n in range(1, 8)]
        said = extracted(" ".join([begins, *rest]))
        assert said.startswith(begins)
        assert said.endswith(stop)

    def test_sentences_of_an_unspaced_script_have_no_space_between(self):
        text = "港の防波堤が火曜日の朝に倒れた。\n\n四十軒が水につかった。けが人はいない。"
        assert extracted(text) == "".join(text.split())

    def test_nothing_is_central_to_nothing(self):
        assert central([]) == []


class TestPhrases:
    def test_names_are_whole_and_what_is_told_comes_first(self):
        text = (
            "Ellen Roe runs the harbour. The harbour wall fell, and Ellen Roe saw the wall fall. "
            "The wall was old, said Roe. The County Council will mend the harbour wall."
        )
        found = phrases("The harbour wall fell", text, "en")
        assert "Ellen Roe" in found
        assert any("harbour wall" in each for each in found[:2])
        assert len(found) <= 8

    def test_names_with_little_words_are_not_cut(self):
        text = (
            "The Colorado Secretary of State met Ursula van der Meer in Penmar. The Bank of "
            "Penmar closed. Colorado Secretary of State Ann Lee called the Bank of Penmar."
        )
        found = phrases("A bank closes", text, "en")
        assert {"Colorado Secretary of State", "Ursula van der Meer"} <= set(found)
        assert "Bank of Penmar" in found
        assert not {"Colorado Secretary", "Secretary", "Bank", "Meer"} & set(found)

    def test_a_name_is_given_in_full_if_it_is_anywhere(self):
        text = (
            "Inspector General Michael Quayle found nothing. Quayle had looked for a year. In the "
            "end Quayle gave up. Mr. Quayle asked Sen. Jane Otter of Utah. Jane Otter was silent."
        )
        found = phrases("Inspector finds nothing", text, "en")
        assert {"Michael Quayle", "Jane Otter"} <= set(found)
        assert not any(each.endswith(("General", "Mr", "Sen", "of Utah")) for each in found)

    def test_longer_names_stay_whole(self):
        text = (
            "The California Consumer Privacy Act is law. Although the California Consumer Privacy "
            "Act is young, John F. Kennedy Airport obeys it. John F. Kennedy Airport is large."
        )
        found = phrases("A law for all", text, "en")
        assert {"California Consumer Privacy Act", "John F. Kennedy Airport"} <= set(found)

    def test_initials_keep_their_last_stop(self):
        said = phrases("U.S. builds a wall", "The U.S. builds it. A wall of the U.S. is long.")
        assert "U.S." in said
        assert "U.S" not in said

    @pytest.mark.parametrize("day", ["Sunday", "July"])
    def test_a_day_or_a_month_alone_is_none(self, day):
        text = f"The wall fell on {day}. The wall was old. On {day} the council met at Penmar."
        assert day not in phrases(f"Wall falls on {day}", text)
        assert "march" in phrases("A march for a wall", "The march began. A march is long.")

    def test_no_phrase_holds_a_stop_word_or_repeats_another(self):
        found = phrases(TITLE, TEXT, "en")
        parts = [part.lower() for each in found for part in each.split()]
        assert len(parts) == len(set(parts))
        assert not {"the", "in", "was", "of"} & set(parts)

    def test_german_stop_words_are_none_either(self):
        found = phrases(
            "Bahnstreik legt Verkehr lahm",
            "Der Bahnstreik der Gewerkschaft dauert bis Freitag. Die Gewerkschaft fordert mehr "
            "Lohn, die Deutsche Bahn nannte den Bahnstreik unnötig. Claus Weber wies das zurück. "
            "Die Deutsche Bahn bot acht Prozent.",
        )
        assert "Bahnstreik" in found
        assert "Deutsche Bahn" in found
        assert not {"der", "die", "das"} & {each.lower() for each in found}

    def test_hindi_words_are_whole(self):
        found = phrases(
            "तूफान में बंदरगाह की दीवार ढही", "बंदरगाह की दीवार ढह गई। बंदरगाह की दीवार पुरानी थी।"
        )
        assert {"बंदरगाह", "दीवार"} <= set(found)

    def test_japanese_words_that_come_back(self):
        found = phrases(
            "大雨で鉄道が止まる", "大雨が降り、鉄道が止まった。大雨は続き、鉄道は動かない。"
        )
        assert {"大雨", "鉄道"} <= set(found)

    @pytest.mark.parametrize(
        ("one", "other", "whole"),
        [
            (
                "市場組合の佐藤健一理事長は、再建を急ぐと述べた。",
                "佐藤健一理事長によると、再建には一年かかる。",
                "佐藤健一理事長",
            ),
            (
                "天河区石牌村一家餐馆发生爆炸，应急管理局已到场。",
                "昨日，天河区石牌村一家餐馆爆炸。应急管理局称有人受伤。",
                "应急管理局",
            ),
        ],
    )
    def test_what_comes_back_in_an_unspaced_script_is_not_cut(self, one, other, whole):
        found = phrases_of([("", one), ("", other)])
        assert whole in found
        cut = {part for part in found if part in f"天河区石牌村一家餐馆{whole}"}
        assert cut <= {whole, "爆炸", "餐馆"}

    def test_letters_of_an_alphabet_without_spaces_are_no_words(self):
        text = "โรงงานปิดหลังตำรวจมาถึง เจ้าของโรงงานถูกจับ ตำรวจค้นบ้านของเขา"
        found = phrases("ไฟไหม้โรงงาน", text)
        assert {"โรงงาน", "ตำรวจ"} <= set(found)
        assert min(map(len, found)) > 3

    def test_what_is_too_long_for_a_word_is_none(self):
        found = phrases("Harbour " + "x" * 300, f"The harbour is {'x' * 300}. The harbour is shut.")
        assert "harbour" in map(str.lower, found)
        assert max(map(len, found)) < 100

    def test_what_every_article_of_a_story_says_goes_first(self):
        one = ("Wall falls", "The wall of Penmar fell. Penmar is wet. A donkey ran to a donkey.")
        two = ("Penmar under water", "Penmar was flooded as a wall fell. The wall was old.")
        found = phrases_of([one, two], "en")
        assert set(found[:2]) == {"Penmar", "wall"}

    @pytest.mark.parametrize(("title", "text"), [("", ""), ("!", "…"), ("1 2", "3.4 5,6")])
    def test_nothing_has_none(self, title, text):
        assert phrases(title, text) == ()


class TestInTheLibrary:
    def test_a_summary_is_made_once_and_again_when_the_text_changes(
        self, library, press, monkeypatch
    ):
        from reader.stories import summary as room

        id = press.id_of("a", title=TITLE, text=TEXT)
        first = library.summary(id)
        made = []
        monkeypatch.setattr(room, "summary", lambda *args: made.append(args))
        assert library.summary(id) == first
        assert made == []
        monkeypatch.undo()
        press.publish("a", title=TITLE, text="Quite another tale. " + TEXT, summary=OWN)
        assert library.summary(id).text == OWN

    def test_an_article_that_is_not_there_has_none(self, library):
        from reader.errors import NothingFound

        with pytest.raises(NothingFound, match="no article 7"):
            library.summary(7)
        with pytest.raises(NothingFound):
            library.phrases(7)
        assert library.summaries([7]) == {}

    def test_a_cache_that_can_only_be_read_gives_them_too(self, library, press, cache_path):
        from reader.library import Library

        id = press.id_of("a", title=TITLE, text=TEXT)
        library.close()
        with Library.open(cache_path, readonly=True) as only:
            assert only.summary(id).text == extracted(TEXT)


NEWS = "The council decided to rebuild the sea wall before the next autumn storms arrive."
BESIDE = {
    "an invitation": f"Sign up for our newsletter and get it every morning. {NEWS}",
    "a caption": f"The wall at Ostrey, where it gave way, on Monday, March 3, 2025. {NEWS}",
    "a caption with its place": "The mayor looks at the sea, Tuesday, May 12, 2020 on the lower "
    f"quay of Ostrey. {NEWS}",
    "a caption in a sentence": "Image copyright Northline Image caption The wall at Ostrey in the "
    "evening The wall at Ostrey was built two hundred years ago for a fishing fleet that gave the "
    f"whole of the county its herring and its name. {NEWS}",
    "a dateline": f"OSTREY, March 3 (Northline) - {NEWS}",
    "an advertisement": f"ADVERTISEMENT {NEWS}",
    "its own title": f"Council votes for a wall {NEWS}",
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_the_news_is_no_part_of_a_summary(case):
    text = f"{BESIDE[case]} It will cost 18 million crowns. The ministry pays a third of that."
    said = summary(None, "Council votes for a wall", text).text
    assert said.startswith(NEWS)


def test_a_title_of_two_sentences_is_not_said_again_by_the_summary():
    title = "Mayor: ‘We need to build it. And we will’ Listen · 10:00"
    text = f"Mayor: ‘We need to build it. And we will’\n\n{NEWS} It costs a lot. Nobody minds that."
    assert summary(None, title, text).text.startswith(NEWS)
    assert opening(text, title).startswith(NEWS)


def test_of_a_text_that_speaks_only_of_itself_that_is_the_summary():
    text = "Sign up for our newsletter. Click here for the homepage."
    assert summary(None, "Nothing", text).text == text


def test_news_of_copyright_and_subscriptions_is_news():
    text = (
        "The court decided on Monday that the copyright of a photographer from Kellmouth was "
        "broken by a newspaper that printed his pictures of the storm for eleven years without "
        "asking him. "
        "It must pay 40,000 crowns. The paper wants to appeal."
    )
    assert summary(None, "Court", text).text.startswith("The court decided on Monday")


@pytest.mark.parametrize(
    "said",
    [
        "Get the stories you care about delivered to your inbox.",
        "The news and stories that matter, delivered weekday mornings.",
        "Follow Ann Lee on Twitter @annlee",
        "Download the Gazette app for full coverage and alerts.",
        "Thank you for signing up.",
        "Please check back for updates.",
        "Recevez nos alertes dans votre boîte mail.",
        "Melden Sie sich an und erhalten Sie Nachrichten per E-Mail in Ihr Postfach.",
    ],
)
def test_what_invites_to_subscribe_is_none_either(said):
    text = f"{said}\n\n{NEWS} It will cost 18 million crowns. So be it."
    summed = summary(None, "Council votes", text)
    assert said not in summed.text
    assert NEWS in summed.text


@pytest.mark.parametrize(
    "said",
    [
        '"Stay put," the sheriff of Ostrey wrote on Twitter earlier.',
        "Get used to it: the flood will come back to the lower quay every year.",
        "The post was delivered every morning by boat while the road was closed.",
    ],
)
def test_news_that_speaks_so_is_news(said):
    assert said in summary(None, "Council votes", f"{said} {NEWS}").text


def test_a_name_with_an_article_in_it_is_told_whole():
    text = (
        "Le parti de Marine Le Pen gagne. Selon Yannick Le Bihan, la victoire est nette. "
        "Elle ira à La Rochelle jeudi. Marine Le Pen a parlé à La Rochelle en mai."
    )
    found = phrases("Marine Le Pen en tête", text)
    assert {"Marine Le Pen", "La Rochelle", "Yannick Le Bihan"} <= set(found)


def test_a_number_of_thousands_is_one():
    text = "The storm cut 40,000 homes off. Of those 40,000 homes most have power again."
    assert "40,000 homes" in phrases("Storm cuts 40,000 homes off", text)


def test_a_date_in_chinese_is_no_half_of_one():
    text = "11月16日凌晨3时，临江市一仓库起火。11月16日凌晨3时，消防员赶到临江市。"
    assert not [phrase for phrase in phrases("仓库起火", text) if phrase[0] in "月日时"]


def test_a_number_in_chinese_is_no_half_of_one():
    text = "公司净利润同比增长18%。分析师说，增长18%高于预期，震度6弱，同比增长18%。震度6弱。"
    found = phrases("净利润增长18%", text)
    assert found
    assert not [phrase for phrase in found if phrase[-1].isdigit()]
