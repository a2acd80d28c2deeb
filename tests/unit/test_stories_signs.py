"""Two events told in the same words are two stories also where capitals do not tell the names, and
one is one where they stand with other endings."""

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.text.signs import signed
from reader.text.terms import language_of

TOLD: dict[str, list[tuple[str, str, str]]] = {
    "German": [
        (
            "one",
            "Autozulieferer Kranich schließt Werk in Zwickau – 640 Stellen fallen weg",
            "Der Autozulieferer Kranich schließt Ende kommenden Jahres sein Werk in Zwickau. "
            "640 Beschäftigte verlieren ihre Arbeit, wie das Unternehmen am Mittwoch "
            "mitteilte. Grund sei der schwache Absatz von Dieselmotoren. Vorstandschefin "
            "Birgit Lampe sprach von einer bitteren, aber unvermeidlichen Entscheidung. Der "
            "Betriebsrat kündigte Widerstand an. Die Gewerkschaft warf dem Vorstand vor, "
            "Zusagen gebrochen zu haben. Betriebsratschef Uwe Rentsch rief für Donnerstag zu "
            "einer Kundgebung vor dem Werkstor auf. Der Wirtschaftsminister bot Gespräche an.",
        ),
        (
            "one",
            "Aus für Kranich in Zwickau: Belegschaft unter Schock",
            "In der Kantine flossen Tränen. Am Mittwochmorgen erfuhren die 640 Mitarbeiter von "
            'Kranich in Zwickau, dass ihr Werk Ende nächsten Jahres dichtmacht. "Wir haben '
            'zwei Jahre lang auf Lohn verzichtet, und das ist der Dank", sagte '
            "Betriebsratschef Uwe Rentsch. Für Donnerstag ist eine Kundgebung geplant. "
            "Konzernchefin Birgit Lampe verwies auf die sinkende Nachfrage nach Dieselmotoren. "
            "Die Fertigung soll nach Ungarn verlagert werden.",
        ),
        (
            "other",
            "Haushaltsgerätehersteller Brunnthal schließt Werk in Bocholt – 410 Stellen fallen weg",
            "Der Haushaltsgerätehersteller Brunnthal schließt Mitte kommenden Jahres sein Werk "
            "in Bocholt. 410 Beschäftigte verlieren ihre Arbeit, wie das Unternehmen am "
            "Mittwoch mitteilte. Grund sei die Konkurrenz aus Asien. Vorstandschef Matthias "
            "Kohl sprach von einer schmerzhaften, aber unvermeidlichen Entscheidung. Der "
            "Betriebsrat kündigte Widerstand an. Die Gewerkschaft warf dem Vorstand vor, "
            "Zusagen gebrochen zu haben. Betriebsratschefin Sevim Aydin rief für Freitag zu "
            "einer Kundgebung vor dem Werkstor auf. Die Wirtschaftsministerin bot Gespräche "
            "an.",
        ),
    ],
    "Chinese": [
        (
            "one",
            "柳泉市原副市长受贿案一审宣判 获刑十二年",
            "记者从柳泉市中级人民法院获悉，11月17日，该院公开宣判柳泉市原副市长郭振华受贿一案，"
            "对被告人郭振华以受贿罪判处有期徒刑十二年，并处罚金人民币三百万元。经审理查明，2011"
            "年至2022年，郭振华利用职务便利，为他人在工程承揽、土地出让等方面谋取利益，非法收受"
            "财物共计折合人民币2860万元。法院认为，郭振华到案后如实供述罪行，主动交代部分事实，"
            "认罪悔罪，积极退赃，依法可从轻处罚。郭振华当庭表示服从判决，不上诉。",
        ),
        (
            "one",
            "收受2860万元 柳泉原副市长郭振华被判12年",
            "曾主管城建多年的郭振华周二站在被告席上，听完判决后低下了头。柳泉中院以受贿罪判处他"
            "有期徒刑十二年，罚金三百万元。判决书显示，十一年间共有九名开发商向他送钱，最大一笔"
            "是一套位于海边的别墅。案发前，他曾把现金藏在岳母家的米缸里。郭振华表示不上诉。他20"
            "23年3月被省纪委监委带走调查，同年9月被开除党籍和公职。",
        ),
        (
            "other",
            "银川道集团原董事长贪污案一审宣判 获刑十五年",
            "记者从东河省高阳市中级人民法院获悉，11月17日，该院公开宣判东河交投集团原董事长薛立"
            "新贪污、受贿一案，对被告人薛立新数罪并罚判处有期徒刑十五年，并处罚金人民币四百万元"
            "。经审理查明，2009年至2021年，薛立新利用职务便利，非法占有公共财物1200万元，为他人"
            "在项目审批等方面谋取利益，非法收受财物共计折合人民币3150万元。法院认为，薛立新到案"
            "后如实供述罪行，认罪悔罪，积极退赃，依法可从轻处罚。薛立新当庭表示将提起上诉。",
        ),
    ],
    "Japanese": [
        (
            "one",
            "霧島原市長選、新人の桑田氏が初当選 現職破る",
            "任期満了に伴う霧島原市長選は15日投開票され、無所属新人で元県議の桑田美咲氏(47)が、"
            "3選を目指した無所属現職の古賀正夫氏(66)を破り初当選した。投票率は46・12%だった。桑"
            "田氏は給食費の無償化や公共交通の充実を訴え、幅広い支持を集めた。当選確実の報を受け"
            "「市民の声が届く市政にする」と述べた。古賀氏は駅前再開発の実績を強調したが及ばなか"
            "った。",
        ),
        (
            "one",
            "桑田美咲氏、現職の3選阻む 霧島原市",
            "霧島原市で新しい市長が誕生した。元県議の桑田美咲氏は15日夜、事務所で支持者と万歳を"
            "三唱した。争点は駅前再開発の是非だった。古賀正夫氏が進めた再開発に、桑田氏は事業費"
            "の膨張を指摘して見直しを約束。女性や若い世代の票を取り込んだ。開票の結果、差は約12"
            "00票だった。桑田氏は12月3日に就任する。",
        ),
        (
            "other",
            "津々見町長選、現職の平野氏が4選 新人を退ける",
            "任期満了に伴う津々見町長選は15日投開票され、無所属現職の平野武氏(69)が、無所属新人"
            "で元町議の大石健太氏(38)を破り4選を果たした。投票率は61・40%だった。平野氏は子育て"
            "支援や防災の充実を訴え、農業団体などの支持を集めた。当選確実の報を受け「町民の期待"
            "に応える町政にする」と述べた。大石氏は多選の弊害を強調したが及ばなかった。",
        ),
    ],
    "Arabic": [
        (
            "one",
            "الاتحاد يفوز على الشباب بهدفين ويتصدر الدوري",
            "فاز فريق الاتحاد على ضيفه الشباب بهدفين مقابل هدف واحد مساء الثلاثاء، في ختام "
            "الجولة العاشرة من الدوري، ليتصدر الترتيب برصيد 24 نقطة. وسجل المهاجم كريم بن سالم "
            "هدفي الاتحاد في الدقيقتين 12 و78، فيما أحرز فهد العتيبي هدف الشباب الوحيد من ركلة "
            "جزاء. وقال المدرب روبرتو سيلفا بعد المباراة إن لاعبيه قدموا أفضل أداء لهم هذا "
            "الموسم. ويلتقي الاتحاد في الجولة المقبلة مع الوحدة.",
        ),
        (
            "one",
            "ثنائية بن سالم تقود الاتحاد إلى الصدارة",
            "قاد المهاجم كريم بن سالم فريقه الاتحاد إلى صدارة الدوري بعدما سجل هدفين في مرمى "
            "الشباب. وافتتح بن سالم التسجيل مبكرا بتسديدة قوية، قبل أن يعادل العتيبي النتيجة "
            "من علامة الجزاء. وعاد النجم ليخطف هدف الفوز برأسه قبل النهاية باثنتي عشرة دقيقة. "
            "وأشاد سيلفا بجماهير الاتحاد التي ملأت المدرجات.",
        ),
        (
            "other",
            "الأهلي يفوز على النصر بثلاثية ويقترب من الصدارة",
            "فاز فريق الأهلي على مضيفه النصر بثلاثة أهداف مقابل هدف واحد مساء الثلاثاء، في "
            "ختام الجولة العاشرة من الدوري، ليحتل المركز الثالث برصيد 20 نقطة. وسجل المهاجم "
            "يوسف الدوسري هدفين للأهلي في الدقيقتين 33 و61، وأضاف البديل ماتيوس الثالث، فيما "
            "أحرز سعيد الغامدي هدف النصر الوحيد من ركلة جزاء. وقال المدرب ناصر الجوهر بعد "
            "المباراة إن لاعبيه نفذوا الخطة كما يجب. ويلتقي الأهلي في الجولة المقبلة مع "
            "التعاون.",
        ),
    ],
    "Hindi": [
        (
            "one",
            "रामगढ़ के पास पटरी से उतरी एक्सप्रेस ट्रेन, 19 यात्री घायल",
            "रामगढ़ स्टेशन के पास मंगलवार सुबह एक एक्सप्रेस ट्रेन पटरी से उतर गई। हादसे में 19 "
            "यात्री घायल हो गए, जिनमें तीन की हालत गंभीर बताई जा रही है। ट्रेन सुबह छह बजकर "
            "बीस मिनट पर चंदनपुर से माधोगंज जा रही थी। चार डिब्बे पटरी से उतरे और एक डिब्बा "
            "पलट गया। ट्रेन में 212 यात्री सवार थे। रेलवे के महाप्रबंधक अशोक मिश्रा ने बताया "
            "कि घायलों को रामगढ़ के जिला अस्पताल में भर्ती कराया गया है। शुरुआती जांच में "
            "बारिश से पटरी धंसने की बात सामने आई है। मुख्यमंत्री सुनीता रावत ने घायलों को पचास "
            "हजार रुपये की सहायता देने की घोषणा की। जांच के लिए समिति बनाई गई है।",
        ),
        (
            "one",
            "रामगढ़ रेल हादसा: चार डिब्बे पलटे, बारिश से धंसी थी पटरी",
            "चंदनपुर से माधोगंज जा रही एक्सप्रेस मंगलवार को रामगढ़ के नजदीक दुर्घटना का शिकार "
            "हो गई। चार डिब्बों के पटरी से उतरने से 19 लोगों को चोटें आईं। यात्री कमला देवी ने "
            "बताया कि तेज झटका लगा और बत्ती चली गई। गांव वालों ने खिड़कियां तोड़कर लोगों को "
            "बाहर निकाला। महाप्रबंधक अशोक मिश्रा ने कहा कि लगातार बारिश से तटबंध कमजोर हो गया "
            "था। गंभीर रूप से घायल तीन लोगों को राजधानी भेजा गया है। मुख्यमंत्री सुनीता रावत "
            "शाम को अस्पताल पहुंचीं और घायलों का हाल जाना।",
        ),
        (
            "other",
            "सोनपुर के पास ट्रक से टकराई लोकल ट्रेन, 11 यात्री घायल",
            "सोनपुर स्टेशन के पास मंगलवार सुबह एक लोकल ट्रेन ट्रक से टकरा गई। हादसे में 11 "
            "यात्री घायल हो गए, जिनमें दो की हालत गंभीर बताई जा रही है। ट्रेन सुबह सात बजकर दस "
            "मिनट पर सोनपुर से हरिनगर जा रही थी। ट्रक चालक ने फाटक बंद होने के बाद भी गाड़ी "
            "आगे बढ़ा दी। ट्रेन में 96 यात्री सवार थे। रेलवे के मंडल प्रबंधक विजय ठाकुर ने "
            "बताया कि घायलों को सोनपुर के सदर अस्पताल में भर्ती कराया गया है। शुरुआती जांच में "
            "ट्रक चालक की लापरवाही सामने आई है। मुख्यमंत्री राजीव सेन ने घायलों को तीस हजार "
            "रुपये की सहायता देने की घोषणा की। चालक को गिरफ्तार कर लिया गया है।",
        ),
        (
            "other",
            "सोनपुर फाटक पर ट्रक और लोकल ट्रेन की टक्कर, चालक गिरफ्तार",
            "सोनपुर में रेलवे फाटक पर मंगलवार को हरिनगर जाने वाली लोकल ट्रेन और एक ट्रक की "
            "टक्कर हो गई। इसमें 11 लोग जख्मी हुए। प्रत्यक्षदर्शियों के मुताबिक फाटक गिर चुका "
            "था, फिर भी ट्रक पटरी पर आ गया। टक्कर इतनी तेज थी कि ट्रक के दो टुकड़े हो गए। मंडल "
            "प्रबंधक विजय ठाकुर ने कहा कि चालक को गिरफ्तार कर लिया गया है और उसके खिलाफ मुकदमा "
            "दर्ज हुआ है। लोगों ने फाटक पर पुल बनाने की मांग दोहराई।",
        ),
    ],
    "Korean": [
        (
            "one",
            "누리전자 3분기 영업이익 4120억원…전년보다 18% 증가",
            "누리전자는 올해 3분기 연결 기준 영업이익이 4120억원으로 지난해 같은 기간보다 18% "
            "증가했다고 18일 공시했다. 매출은 2조9000억원으로 11% 늘었다. 병원용 소프트웨어 "
            '수요가 늘어난 것이 실적을 이끌었다고 회사는 설명했다. 이정훈 대표는 "내년에는 '
            '유럽 시장에 더 투자하겠다"고 말했다. 누리전자 주가는 이날 6.2% 올랐다.',
        ),
        (
            "one",
            "누리전자, 병원 소프트웨어 덕에 깜짝 실적",
            "누리전자가 시장 예상을 뛰어넘는 3분기 실적을 내놨다. 영업이익 4120억원은 역대 "
            "최대다. 유럽 병원들의 주문이 몰리면서 소프트웨어 매출이 크게 늘었다. 증권가는 "
            "4분기에도 호조가 이어질 것으로 본다. 이정훈 대표는 자사주 5000억원어치를 "
            "사들이겠다는 계획도 내놨다. 누리전자 주가는 장중 7%까지 치솟았다.",
        ),
        (
            "other",
            "해솔식품 3분기 영업이익 1880억원…전년보다 23% 감소",
            "해솔식품은 올해 3분기 연결 기준 영업이익이 1880억원으로 지난해 같은 기간보다 23% "
            "감소했다고 18일 공시했다. 매출은 3조1000억원으로 4% 줄었다. 코코아 가격이 크게 "
            '오른 것이 실적을 끌어내렸다고 회사는 설명했다. 김수현 대표는 "가격을 더 올리기는 '
            '어렵다"고 말했다. 해솔식품 주가는 이날 8.9% 내렸다.',
        ),
    ],
    "Russian": [
        (
            "one",
            "В Зареченске из-за паводка эвакуировали 600 человек",
            "В городе Зареченске из-за паводка эвакуировали более 600 человек, сообщили во вторник "
            "спасатели. Река Светлая поднялась за ночь на два метра и затопила четыре улицы. Вода "
            "вошла в 180 домов и в подвал районной больницы. Пострадавших нет. Глава города Михаил "
            "Лазарев ввёл режим чрезвычайной ситуации. Жителей разместили в двух школах и во "
            "дворце спорта. По прогнозу, вода начнёт спадать только в четверг.",
        ),
        (
            "one",
            "Губернатор прилетел в затопленный Зареченск",
            "Губернатор Сергей Ильин осмотрел с вертолёта затопленный Зареченск и пообещал каждой "
            "семье по 50 тысяч рублей. Из города из-за паводка эвакуированы более 600 человек. "
            "Прокуратура проверит, почему шлюзы выше по течению открыли без предупреждения. Вода "
            "затопила четыре улицы и 180 домов. В больнице пришлось отложить двенадцать операций. "
            "Жители размещены в школах и во дворце спорта.",
        ),
        (
            "other",
            "В Нижнеборске из-за паводка эвакуировали 900 человек",
            "В городе Нижнеборске из-за паводка эвакуировали более 900 человек, сообщили во "
            "вторник спасатели. Река Тихая поднялась за ночь на три метра и затопила семь улиц. "
            "Вода вошла в 240 домов и в детский сад. Пострадавших нет. Глава города Олег Сомов "
            "ввёл режим чрезвычайной ситуации. Жителей разместили в гостинице и в доме культуры. "
            "По прогнозу, вода начнёт спадать только в пятницу.",
        ),
    ],
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", TOLD)
def test_two_events_told_in_the_same_words_are_two_stories(
    tmp_path: Path, capsys, language, turned
):
    lines = [
        {
            "id": f"{event} {number}",
            "title": title,
            "text": text,
            "published": "2026-11-17",
            "source": f"Paper {number}",
        }
        for number, (event, title, text) in enumerate(TOLD[language])
    ]
    file = tmp_path / "told.jsonl"
    file.write_text("\n".join(map(json.dumps, lines[::-1] if turned else lines)), "utf-8")
    assert main(("import", str(file))) == 0
    capsys.readouterr()
    assert main(("stories", "--all", "--json")) == 0
    found = [
        {member["guid"].split()[0] for member in story["members"]}
        for story in json.loads(capsys.readouterr().out)
    ]
    assert sorted(map(sorted, found)) == [["one"], ["other"]]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ar", "قال العميد سامر القاضي إن حريقا اندلع بمدينة الزهراء", "سامر القاضي الزهراء"),
        ("hi", "मुख्यमंत्री सुनीता रावत रामगढ़ पहुंचीं", "सुनीता रावत रामगढ़"),
        ("ko", "한빛시에서 정미란 서장은 말했다", "한빛시에서 정미란"),
        ("ja", "北浜県の西条健一知事は大沢市で", "北浜県 西条健一 大沢市"),
        ("zh", "临江市市长陈玉兰表示，恒远科技将", "临江市 陈玉兰 恒远科技"),
        (
            "de",
            "Der Bus kam aus Rostock, sagte Heike Brandau in der Stadt.",
            "Rostock Heike Brandau",
        ),
        ("en", "The bus came from Rostock.", ""),
    ],
)
def test_names_are_told_by_what_stands_beside_them(language, text, found):
    assert set(signed(text, language).values()) == set(found.split())


def test_a_page_of_letters_without_a_gap_takes_no_time():
    assert len(signed("临江北" * 30_000, "zh")) == 0


def test_spanish_news_is_not_taken_for_romanian():
    text = (
        "Un terremoto de magnitud 6,1 sacudió en la madrugada del miércoles la provincia de "
        "Tocarema y dejó al menos cuatro muertos. El epicentro se situó a 14 kilómetros de la "
        "capital, a una profundidad de 20 kilómetros. Decenas de casas de adobe se derrumbaron y "
        "la torre de la iglesia cayó sobre la plaza."
    )
    assert language_of(text) == "es"


def test_what_japanese_articles_share_is_told_in_whole_words(tmp_path: Path, capsys):
    told = (
        "青葉FCがホームで湾岸ユナイテッドに逆転勝ちし、3位に浮上した。堀田監督は選手をたたえた。",
        "湾岸ユナイテッドは青葉FCに逆転を許した。堀田監督の采配が当たり、青葉FCは3位に浮上。",
    )
    lines = [{"id": f"{n}", "title": "サッカー", "text": text} for n, text in enumerate(told)]
    file = tmp_path / "told.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(("import", str(file))) == 0
    capsys.readouterr()
    assert main(("similar", "--every", "--jsonl")) == 0
    [similar] = json.loads(capsys.readouterr().out.splitlines()[0])["similar"]
    assert {"湾岸ユナイテッド", "青葉FC"} <= set(similar["reason"])
    assert not [word for word in similar["reason"] if len(word) == 1]


def test_a_sentence_printed_twice_adds_nothing_to_a_name(tmp_path: Path, capsys):
    text = (
        "Brennick Water must pay the largest fine ever after judges turned down its appeal. "
        "The case began when Moira Tennant collected bottles below the works of Brennick Water. "
        "The river Teal has fewer trout now than in any summer since the war, anglers say."
    )
    lines = [
        {
            "id": f"{n}",
            "title": "Fine for Brennick Water stands",
            "text": text,
            "source": f"Paper {n}",
        }
        for n in range(2)
    ]
    file = tmp_path / "told.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(("import", str(file))) == 0
    capsys.readouterr()
    assert main(("stories", "--all", "--json")) == 0
    [story] = json.loads(capsys.readouterr().out)
    assert main(("story", str(story["id"]), "--json")) == 0
    said = json.loads(capsys.readouterr().out)["phrases"]
    assert "Moira Tennant" in said
    assert not [phrase for phrase in said if "collected" in phrase]
