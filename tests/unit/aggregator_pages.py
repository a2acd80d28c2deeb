"""Pages of aggregators, invented: one piece of news in many markups and several languages."""

from typing import NamedTuple

from reader.model import Related


class News(NamedTuple):
    """What a page tells, before it is marked up."""

    language: str
    title: str
    site: str
    url: str
    summary: str
    body: tuple[str, ...]
    similar: tuple[Related, ...]


ENGLISH = News(
    "en",
    "Council approves tram line to the hospital",
    "The Harbour Post",
    "https://harbour.example/tram",
    "After nine years of debate the council voted for a tram line to the new hospital.",
    (
        "The council voted on Tuesday night to build a tram line to the hospital in Eastfield.",
        "The line will be four kilometres long. It begins at the harbour and has eleven stops.",
        "Work is to begin in spring. Until then the city has to buy twelve gardens, whose owners "
        "were told of it by letter last week.",
    ),
    (
        Related(
            "Tram line: the routes that were rejected",
            "The Harbour Post",
            "Six other routes were studied, and most failed because of a bridge.",
            "https://harbour.example/routes",
        ),
        Related(
            "Gardens in the way of the tram",
            "Eastfield Echo",
            "Twelve owners of gardens were told by letter that the city wants their land.",
            "https://echo.example/gardens",
        ),
    ),
)
GERMAN = News(
    "de",
    "Stadtbücherei verleiht Ruderboot",
    "Marschbote",
    "https://marsch.example/boot",
    "Die Stadtbücherei verleiht seit Montag ein Ruderboot. Vierzig Leser warten.",
    (
        "Die Bücherei verleiht seit Montag ein Boot. Es liegt auf der Wiese hinter dem Lesesaal.",
        "Mehr als vierzig Menschen haben sich eingetragen. Die erste war eine Lehrerin.",
        "Wer das Boot nicht zurückbringt, der zahlt zwei Euro für jeden Tag, an dem es fehlt.",
    ),
    (
        Related(
            "Brücke bleibt gesperrt",
            "Hafenzeitung",
            "Die Brücke bleibt bis Mai gesperrt, weil das Geld fehlt.",
            "https://hafen.example/b",
        ),
    ),
)
FRENCH = News(
    "fr",
    "La bibliothèque prête une barque",
    "Le Courrier",
    "https://courrier.example/b",
    "La bibliothèque prête une barque depuis lundi, et quarante personnes attendent leur tour.",
    (
        "La bibliothèque prête une barque depuis lundi. Elle attend dans l'herbe.",
        "Plus de quarante personnes se sont inscrites. La première était une institutrice.",
        "Celui qui ne la rend pas paie deux euros pour chaque jour de retard.",
    ),
    (
        Related(
            "Le pont restera fermé",
            "Le Port",
            "Le pont restera fermé jusqu'en mai, faute d'argent, dit la mairie.",
            "https://port.example/pont",
        ),
        Related(
            "Les cygnes sont de retour",
            "La Gazette du lac",
            "Les premiers cygnes ont été vus sur le lac ce week-end, plus tôt que d'habitude.",
            "https://lac.example/cygnes",
        ),
    ),
)
DUTCH = News(
    "nl",
    "Bibliotheek leent boot uit",
    "De Moerasbode",
    "https://moeras.example/boot",
    "De bibliotheek leent sinds maandag een boot uit, en veertig lezers staan op de lijst.",
    (
        "De bibliotheek leent sinds maandag een boot uit. Hij ligt in het gras.",
        "Meer dan veertig mensen hebben zich ingeschreven. De eerste was een juf.",
        "Wie de boot niet terugbrengt, betaalt twee euro voor elke dag dat hij er niet is.",
    ),
    (
        Related(
            "Brug blijft dicht",
            "De Haven",
            "De brug blijft tot mei dicht omdat het geld op is, zei de gemeente.",
            "https://haven.example/1",
        ),
        Related(
            "Zwanen zijn terug",
            "Het Meerblad",
            "Dit weekend zijn de eerste zwanen van het jaar op het meer gezien.",
            "https://meer.example/2",
        ),
    ),
)
RUSSIAN = News(
    "ru",
    "Библиотека выдаёт лодку",
    "Болотный вестник",
    "https://boloto.example/lodka",
    "Библиотека с понедельника выдаёт лодку, и сорок читателей уже ждут очереди.",
    (
        "Библиотека с понедельника выдаёт читателям лодку. Она лежит в траве.",
        "Записались уже больше сорока человек. Первой была учительница.",
        "Тот, кто лодку не вернёт, платит сто рублей за каждый день.",
    ),
    (
        Related(
            "Мост останется закрытым",
            "Портовая газета",
            "Мост останется закрытым до мая, потому что у города не хватает денег.",
            "https://port.example/most",
        ),
    ),
)
CHINESE = News(
    "zh",
    "市图书馆出借小船",
    "沼泽日报",
    "https://zhao.example/chuan",
    "图书馆从星期一开始出借小船，四十名读者正在等候。",
    (
        "市图书馆从星期一开始向读者出借一条小船。船是绿色的，停放在阅览室后面的草地上。",
        "已经有四十多人报名。第一位是一名老师，她想带着学生们划过湖去。",
        "每天晚上都会清洗小船，不归还的人每天要付两元钱。",
    ),
    (
        Related(
            "大桥继续封闭",
            "港口报",
            "由于资金不足，大桥将继续封闭到五月，市政府昨天表示。",
            "https://gang.example/1",
        ),
    ),
)


def paragraphs(news: News) -> str:
    return "".join(f"<p>{text}</p>" for text in news.body)


def similar(news: News, form: str) -> str:
    """The similar articles, each in the form."""
    return "".join(
        form.format(t=one.title, s=one.source, m=one.summary, u=one.url) for one in news.similar
    )


def sections(n: News) -> str:
    items = similar(n, '<article><h3><a href="{u}">{t}</a></h3><p>{s}</p><p>{m}</p></article>')
    return f"""<main><header><h1>{n.title}</h1><p>{n.site}</p></header>
<section><h2>Summary</h2><p>{n.summary}</p></section>
<p><a href="{n.url}">Original Article</a> <a href="/w">Export to Word</a> <a>Export to PDF</a></p>
<section><h2>View Cached Full Text</h2><p>Cached at: 11/03/25, 02:05 PM</p>
<article>{paragraphs(n)}</article></section><section><h2>Similar Articles</h2>{items}</section>
</main>"""


def div_soup(n: News) -> str:
    items = similar(n, '<div><div>{s}</div><div><a href="{u}">{t}</a></div><div>{m}</div></div>')
    return f"""<div class="c"><div class="t">{n.title}</div>
<div><div class="k">Source</div><div class="v">{n.site}</div></div>
<div><div class="k">Cached</div><div class="v">3 Nov 2025, 14:05</div></div>
<div><div class="k">TL;DR</div><div class="v">{n.summary}</div></div>
<div><a href="{n.url}">Read the original</a><a href="/x">Word</a><a href="/y">PDF</a></div>
<div><div class="k">Full text</div><div>{paragraphs(n).replace("p>", "div>")}</div></div>
<div><div class="k">Similar stories</div><div>{items}</div></div></div>"""


def definitions(n: News) -> str:
    items = similar(n, '<dt><a href="{u}">{t}</a> ({s})</dt><dd>{m}</dd>')
    return f"""<article><h1>{n.title}</h1><dl>
<dt>Source</dt><dd><a href="https://harbour.example/">{n.site}</a></dd>
<dt>Cached</dt><dd><time datetime="2025-11-03T14:05">3 November 2025, 14:05</time></dd>
<dt>Original article</dt><dd><a href="{n.url}">{n.url}</a></dd>
<dt>Summary</dt><dd>{n.summary}</dd></dl><h2>Full text</h2>{paragraphs(n)}
<h2>Related coverage</h2><dl>{items}</dl></article>"""


def tables(n: News) -> str:
    items = similar(n, '<tr><td><a href="{u}">{t}</a></td><td>{s}</td><td>{m}</td></tr>')
    return f"""<h1>{n.title}</h1><table><tr><th>Source</th><td>{n.site}</td></tr>
<tr><th>Cached at</th><td>2025-11-03 14:05</td></tr>
<tr><th>Original link</th><td><a href="{n.url}">harbour.example</a></td></tr>
<tr><th>Summary</th><td>{n.summary}</td></tr></table><div>{paragraphs(n)}</div>
<h3>Similar articles</h3><table><thead><tr><th>Title</th><th>Source</th><th>Summary</th></tr>
</thead><tbody>{items}</tbody></table>"""


def one_line_of_labels(n: News) -> str:
    items = similar(n, '<p><a href="{u}">{t}</a><br><i>{s}</i><br>{m}</p>')
    return f"""<h1>{n.title}</h1><p><span>Source:</span> <span>{n.site}</span> |
<span>Cached:</span><time>2025-11-03 14:05</time> | <a href="{n.url}">View original</a></p>
<blockquote><b>Summary.</b> {n.summary}</blockquote>{paragraphs(n)}<hr>
<p><b>You may also like</b></p>{items}"""


def day_in_the_heading(n: News) -> str:
    items = similar(n, '<li><a href="{u}">{t}</a> — {s}<br>{m}</li>')
    return f"""<h1>{n.title}</h1><p>{n.site}</p><h2>In brief</h2><ul><li>{n.summary}</li></ul>
<p><a href="{n.url}">Read the original</a></p><h2>Full text (cached 3 Nov 2025, 14:05)</h2>
{paragraphs(n)}<h2>Similar stories</h2><ul>{items}</ul>"""


def copy_told_below(n: News) -> str:
    items = similar(n, '<li><a href="{u}">{t}</a> <span>{s}</span><p>{m}</p></li>')
    return f"""<main><h1>{n.title}</h1><p>{n.site}</p><h2>Key points</h2><p>{n.summary}</p>
<section>{paragraphs(n)}</section><p>Cached copy of 3 November 2025, 14:05.
<a href="{n.url}">Read the original article</a></p><h2>More like this</h2><ul>{items}</ul></main>"""


def list_above_and_another_below(n: News) -> str:
    items = similar(n, '<li><h3><a href="{u}">{t}</a></h3><p>{s} · 1 May 2025</p><p>{m}</p></li>')
    return f"""<h1>{n.title}</h1><div>{n.site} · 3 min read</div>
<aside><h2>Related coverage</h2><ul>{items}</ul></aside><h2>Summary</h2><p>{n.summary}</p>
<div><a href="{n.url}">View original article</a></div><h2>Full text</h2>
<p>This copy was cached by FeedNest on 3 November 2025 at 14:05.</p>{paragraphs(n)}
<h2>Most read</h2><ul><li><a href="/1">Ten cats that look like mayors</a></li></ul>"""


def ago(n: News) -> str:
    items = similar(n, '<li class="{u}"><span>{s}</span> <a href="{u}">{t}</a> <p>{m}</p></li>')
    return f"""<h1><a href="/a/1">{n.title}</a></h1><p><a href="https://harbour.example">{n.site}</a>
· cached <time datetime="2025-11-03T14:05">3 hours ago</time> · <a href="{n.url}">original</a></p>
<p><strong>Summary</strong> {n.summary}</p>{paragraphs(n)}<h4>Similar articles</h4>
<ul>{items}</ul>"""


def cards(n: News) -> str:
    items = similar(n, '<div><a href="{u}"><span>{s}</span><h3>{t}</h3><p>{m}</p></a></div>')
    return f"""<article><header><p>{n.site}</p><h1>{n.title}</h1></header>
<div><span>AI summary</span><p>{n.summary}</p></div>
<ul><li><a href="{n.url}">View original</a></li><li><button>Share</button></li></ul>
<details><summary>View cached full text <small>3 November 2025, 14:05</small></summary>
{paragraphs(n)}</details></article><aside><h2>Related coverage <span>(3)</span></h2>
<div>{items}</div></aside>"""


def german(n: News) -> str:
    items = similar(n, '<li><a href="{u}">{t}</a><br>Quelle: {s}<br>{m}</li>')
    return f"""<h1>{n.title}</h1><p>{n.site}</p><h2>Zusammenfassung</h2><p>{n.summary}</p>
<p><a href="{n.url}">Zum Originalartikel</a> <a href="#">Drucken</a></p><h2>Volltext</h2>
<p>Zwischengespeichert am 3. November 2025 um 14:05 Uhr</p>{paragraphs(n)}
<h2>Ähnliche Artikel</h2><ul>{items}</ul>"""


def french(n: News) -> str:
    items = similar(n, '<li><b><a href="{u}">{t}</a></b><div>{s}</div><div>{m}</div></li>')
    return f"""<article><h1>{n.title}</h1><div>{n.site}</div><dl>
<dt>Résumé</dt><dd>{n.summary}</dd>
<dt>Article original</dt><dd><a href="{n.url}">Lire l'original</a></dd>
<dt>Mis en cache le</dt><dd>3 novembre 2025 à 14 h 05</dd></dl>
<h2>Texte intégral</h2>{paragraphs(n)}<h2>Articles similaires</h2><ol>{items}</ol></article>"""


def dutch(n: News) -> str:
    items = similar(n, '<div><b><a href="{u}">{t}</a></b> <i>{s}</i></div><div>{m}</div>')
    return f"""<h1>{n.title}</h1><div>{n.site}</div><div>Samenvatting</div><div>{n.summary}</div>
<div><a href="{n.url}">Origineel artikel</a> | <a href="#">Afdrukken</a></div>
<div>Volledige tekst</div><div>Opgeslagen op 3 november 2025 om 14:05</div>
<div>{paragraphs(n)}</div><div>Vergelijkbare artikelen</div><div>{items}</div>"""


def russian(n: News) -> str:
    items = similar(n, '<article><a href="{u}">{t}</a><p>{s}</p><p>{m}</p></article>')
    return f"""<h1>{n.title}</h1><p>{n.site}</p><h2>Краткое содержание</h2><p>{n.summary}</p>
<p><a href="{n.url}">Читать оригинал</a></p><section><h2>Полный текст</h2>
<p>Сохранено в кэше: 3 ноября 2025, 14:05</p>{paragraphs(n)}</section>
<section><h2>Похожие статьи</h2>{items}</section>"""


def chinese(n: News) -> str:
    items = similar(n, '<li><a href="{u}">{t}</a><em>{s}</em><p>{m}</p></li>')
    return f"""<h1>{n.title}</h1>
<div><span>来源：{n.site}</span><span>缓存时间：2025-11-03 14:05</span></div>
<div><h3>摘要</h3><p>{n.summary}</p></div>
<p><a href="{n.url}">查看原文</a></p>
<div>{paragraphs(n)}</div><div><h3>相似文章</h3><ul>{items}</ul></div>"""


def rows_and_sidebar(n: News) -> str:
    items = similar(n, '<div><a href="{u}">{t}</a><div>{s} · 92% similar</div><p>{m}</p></div>')
    return f"""<main><h1>{n.title}</h1><div><a href="/s">{n.site}</a><span>4 min read</span></div>
<ul><li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul>{paragraphs(n)}</main>
<aside><p><b>Original</b><br><a href="{n.url}">harbour.example/tram</a></p>
<p><b>Cached</b><br>3 November 2025, 14:05</p><h2>Summary</h2><p>{n.summary}</p>
<h2>Similar articles</h2>{items}<h2>Trending</h2><a href="/1">Cats like mayors</a></aside>"""


def breaks(n: News) -> str:
    items = similar(n, '<a href="{u}">{t}</a> - {s}<br>{m}<br><br>')
    return f"""<font size="5"><b>{n.title}</b></font><br><br><b>Source:</b> {n.site}<br>
<b>Cached:</b> 2025-11-03 14:05<br><br><b>Summary</b><br>{n.summary}<br><br><b>Full text</b><br><br>
{"<br><br>".join(n.body)}<br><br><b>Similar articles</b><br><br>{items}
<a href="{n.url}">View original article</a>"""


MARKUPS = [
    *[
        (ENGLISH, markup)
        for markup in (
            sections,
            div_soup,
            definitions,
            tables,
            one_line_of_labels,
            day_in_the_heading,
            copy_told_below,
            list_above_and_another_below,
            ago,
            cards,
            rows_and_sidebar,
            breaks,
        )
    ],
    (GERMAN, german),
    (FRENCH, french),
    (DUTCH, dutch),
    (RUSSIAN, russian),
    (CHINESE, chinese),
]
