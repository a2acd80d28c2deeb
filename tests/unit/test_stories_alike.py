"""Different events of the same days told in nearly the same words: only whom and what they name
tells them apart."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from reader.cli import main

Groups = set[frozenset[str]]

TOLD = {
    "fire in Lowmarsh: Harbour Post": (
        "Three killed in Lowmarsh warehouse fire",
        "2026-11-20",
        """Three workers were killed and eleven injured when a fire tore through a furniture
warehouse in Lowmarsh early on Friday, the fire service said. The blaze broke out
shortly before 3 a.m. on the ground floor of the Dunmore Brothers building in Canal
Street. Some eighty firefighters with fourteen engines fought the flames for more than
five hours. "We found the emergency exit on the second floor locked," chief fire officer
Helen Marsh told reporters. "We do not know yet why." The cause of the fire was not
clear. Police have opened an investigation and asked witnesses to come forward. The
building, put up in 1962, had passed its last inspection in March. Neighbours said they
heard two loud bangs before the smoke rose. About two hundred people had to leave their
homes for the night and were taken to a school nearby.""",
    ),
    "fire in Lowmarsh: County Echo": (
        "Deadly blaze at furniture store: exit was locked, says fire chief",
        "2026-11-20",
        """A locked emergency exit may have cost lives in the fire that destroyed the Dunmore
Brothers furniture warehouse in Lowmarsh, the county's chief fire officer said on
Friday. Helen Marsh said her crews had found the door on the second floor locked when
they reached it. Three people who worked the night shift died. Eleven more are in
hospital, two of them in a critical condition. Fourteen engines were called to Canal
Street just before three in the morning. It took the eighty firefighters until after
eight to bring the flames under control. Residents of neighbouring houses spent the
night in a school. One of them, retired teacher Paul Ives, said: "There were two
explosions, then everything was black." Dunmore Brothers, which employs 140 people, said
it was devastated and would help the police in every way. The warehouse was last
inspected in March.""",
    ),
    "fire in Ashby: Northern Sentinel": (
        "Five killed in Ashby paint factory fire",
        "2026-11-20",
        """Five workers were killed and nine injured when a fire tore through a paint factory in
Ashby late on Thursday, the fire service said. The blaze broke out shortly before 11
p.m. in the solvent store of the Colourline works in Mill Road. Some sixty firefighters
with ten engines fought the flames for more than seven hours. "The heat was such that we
could not enter for two hours," district fire commander Owen Pratt told reporters. "We
did what we could." The cause of the fire was not clear. Police have opened an
investigation and asked witnesses to come forward. The factory, built in 1978, had been
inspected in August and told to replace its sprinklers. Residents were warned to keep
their windows shut because of toxic smoke. Two schools in the town stayed closed on
Friday.""",
    ),
    "fire in Ashby: Dales Observer": (
        "Ashby mourns five after night of fire at Colourline",
        "2026-11-20",
        """The town of Ashby woke to a column of black smoke on Friday after a fire at the
Colourline paint works killed five people on the late shift and injured nine. The flames
started in the store where solvents were kept, shortly before eleven on Thursday night,
district fire commander Owen Pratt said. It was so hot that his sixty firefighters could
not go in for two hours. Inspectors had told the company in August to replace its
sprinklers. Colourline did not say whether it had done so. People in Mill Road were told
to keep windows shut because of poisonous smoke, and two schools did not open.""",
    ),
    "round-up: Daily Digest": (
        "News of the day: fires, results and a ferry",
        "2026-11-20",
        """Good evening. Here is what mattered today. Three workers were killed and eleven injured
when a fire tore through a furniture warehouse in Lowmarsh. Chief fire officer Helen
Marsh said an emergency exit was locked. In Ashby five workers died in a fire at the
Colourline paint factory. Residents were told to keep windows shut. Nordtel raised its
forecast after profit rose 8 percent to 412 million euros, while Telvia disappointed. A
ferry from Harlingen ran aground off Terschelling; all 218 passengers are safe. Tomorrow
Albion meet Rovers in the league.""",
    ),
    "vote in Easton: Tribune": (
        "Marlow wins mayoral election in Easton",
        "2026-11-16",
        """Labour candidate Judith Marlow has won the mayoral election in Easton with 52.4 percent
of the vote, ending twelve years of Conservative rule in the city. Her opponent, the
incumbent Robert Finch, received 44.1 percent. Turnout was 48 percent, five points more
than four years ago. Marlow promised cheaper buses and two thousand new council homes.
Finch congratulated his rival and said he would leave politics.""",
    ),
    "vote in Easton: City Gazette": (
        "Easton turns to Labour after twelve years",
        "2026-11-16",
        """After twelve years the Conservatives have lost Easton. Judith Marlow of Labour took 52.4
percent in Sunday's vote for mayor; the man who held the office since 2014, Robert
Finch, had to be content with 44.1. Marlow wants to build two thousand council homes and
make buses cheaper. Finch said he was leaving politics. More people voted than last
time: 48 percent.""",
    ),
    "vote in Weston: Tribune": (
        "Carver wins mayoral election in Weston",
        "2026-11-16",
        """Conservative candidate Philip Carver has won the mayoral election in Weston with 50.9
percent of the vote, ending eight years of Labour rule in the city. His opponent, the
incumbent Susan Bright, received 46.8 percent. Turnout was 45 percent, two points less
than four years ago. Carver promised lower parking fees and more police on the streets.
Bright congratulated her rival and said she would stay on the council.""",
    ),
    "vote in Weston: Weston News": (
        "Narrow win for Carver in Weston",
        "2026-11-16",
        """Philip Carver is the new mayor of Weston. The Conservative beat Labour's Susan Bright,
who had been in office for eight years, by 50.9 to 46.8 percent in Sunday's vote. He
wants more police on the streets and lower fees for parking. Bright will remain on the
council. Turnout fell by two points to 45 percent.""",
    ),
    "Nordtel: Market Line": (
        "Nordtel profit rises 8% in third quarter",
        "2026-11-19",
        """Nordtel's net profit rose 8 percent to 412 million euros in the third quarter, the
telecoms group said on Thursday, helped by price rises and lower energy costs. Revenue
grew 3 percent to 4.1 billion euros, slightly above analysts' expectations. The company
raised its forecast for the year and now expects core profit of 5.2 billion euros. Chief
executive Anna Lindqvist said demand for fibre connections remained strong. Shares rose
4 percent in early trading in Stockholm.""",
    ),
    "Nordtel: Ticker": (
        "Nordtel lifts outlook as fibre demand holds up",
        "2026-11-19",
        """Swedish telecoms group Nordtel raised its full-year forecast on Thursday after
third-quarter earnings beat expectations, sending its shares up 4 percent in Stockholm.
Net profit was 412 million euros, 8 percent more than a year ago, on revenue of 4.1
billion. Core profit for the year is now seen at 5.2 billion euros. "Fibre demand
remains strong," chief executive Anna Lindqvist said.""",
    ),
    "Telvia: Market Line": (
        "Telvia profit falls 11% in third quarter",
        "2026-11-19",
        """Telvia's net profit fell 11 percent to 287 million euros in the third quarter, the
telecoms group said on Thursday, hurt by higher interest costs and fierce competition.
Revenue slipped 1 percent to 3.3 billion euros, slightly below analysts' expectations.
The company confirmed its forecast for the year and still expects core profit of 4.0
billion euros. Chief executive Marco Bellini said demand for mobile contracts remained
weak. Shares fell 3 percent in early trading in Milan.""",
    ),
    "Telvia: Ticker": (
        "Telvia shares drop after weak quarter",
        "2026-11-19",
        """Italian telecoms group Telvia reported lower third-quarter earnings on Thursday, missing
expectations and sending its shares down 3 percent in Milan. Net profit was 287 million
euros, 11 percent less than a year ago, on revenue of 3.3 billion. The forecast of 4.0
billion in core profit was confirmed. "Demand for mobile contracts remains weak," chief
executive Marco Bellini said.""",
    ),
    "Iquique: El Faro": (
        "Un terremoto de 6,1 sacude el norte de Chile",
        "2026-11-22",
        """Un terremoto de magnitud 6,1 sacudió este domingo el norte de Chile y dejó al menos
siete heridos, informó el Centro Sismológico Nacional. El epicentro se situó a 34
kilómetros al este de Iquique, a una profundidad de 88 kilómetros. Unas 12.000 viviendas
quedaron sin electricidad y varios caminos fueron cortados por derrumbes. La Marina
descartó un tsunami. El presidente viajará el lunes a la zona, según anunció su oficina.""",
    ),
    "Iquique: Diario Andino": (
        "Siete heridos por fuerte sismo en Iquique",
        "2026-11-22",
        """Siete personas resultaron heridas por el sismo de magnitud 6,1 que se registró este
domingo cerca de Iquique, en el norte de Chile. No hay riesgo de tsunami, aseguró la
Marina. El movimiento, a 88 kilómetros de profundidad, provocó derrumbes en los caminos
y dejó sin luz a 12.000 hogares. El presidente visitará la región el lunes.""",
    ),
    "Pinotepa: El Faro": (
        "Un terremoto de 5,8 sacude el sur de México",
        "2026-11-24",
        """Un terremoto de magnitud 5,8 sacudió este martes el sur de México y dejó al menos tres
heridos, informó el Servicio Sismológico Nacional. El epicentro se situó a 21 kilómetros
al sur de Pinotepa, a una profundidad de 15 kilómetros. Unas 8.000 viviendas quedaron
sin electricidad en Oaxaca y en Guerrero se suspendieron las clases. Protección Civil
descartó daños graves.""",
    ),
    "Monlevade: Folha do Vale": (
        "Acidente com ônibus deixa seis mortos em Minas Gerais",
        "2026-11-23",
        """Seis pessoas morreram e dezenove ficaram feridas em um acidente com um ônibus na BR-381,
em João Monlevade, em Minas Gerais, na madrugada desta segunda-feira, informou a Polícia
Rodoviária Federal. O veículo seguia de Vitória para Belo Horizonte quando caiu em uma
ribanceira. Chovia no momento do acidente. Os feridos foram levados ao Hospital
Margarida. O motorista, Valdir Souza, sobreviveu e disse que os freios falharam.""",
    ),
    "Monlevade: Jornal de Minas": (
        "Ônibus cai em ribanceira na BR-381 e mata seis",
        "2026-11-23",
        """Um ônibus que ia de Vitória a Belo Horizonte caiu em uma ribanceira na BR-381, em João
Monlevade, e seis passageiros morreram. Dezenove feridos estão no Hospital Margarida.
Segundo o motorista Valdir Souza, os freios falharam. Chovia na hora, de acordo com a
Polícia Rodoviária Federal.""",
    ),
    "Guarapuava: Folha do Vale": (
        "Acidente com ônibus deixa quatro mortos no Paraná",
        "2026-11-23",
        """Quatro pessoas morreram e onze ficaram feridas em um acidente com um ônibus na BR-277,
em Guarapuava, no Paraná, na noite deste domingo, informou a Polícia Rodoviária Federal.
O veículo seguia de Foz do Iguaçu para Curitiba quando bateu em um caminhão. Havia
neblina no momento do acidente. Os feridos foram levados ao Hospital São Vicente. O
motorista do caminhão, Adilson Prado, fugiu.""",
    ),
}


@pytest.fixture
def grouped(tmp_path: Path, capsys) -> Callable[[Iterable[str]], Groups]:
    """Which articles `stories` lists together, after they were imported in this order."""

    def run(names: Iterable[str]) -> Groups:
        lines = []
        for name in names:
            title, day, text = TOLD[name]
            line = {"id": name, "title": title, "text": text, "published": day}
            lines.append(json.dumps(line | {"source": name.split(": ")[1]}))
        file = tmp_path / "told.jsonl"
        file.write_text("\n".join(lines), "utf-8")
        assert main(("import", str(file))) == 0
        capsys.readouterr()
        assert main(("stories", "--all", "--json")) == 0
        stories = json.loads(capsys.readouterr().out)
        return {frozenset(member["guid"] for member in each["members"]) for each in stories}

    return run


def marked(guid: str, capsys) -> set[str]:
    """The marks `read` gives the sentences of an article."""
    capsys.readouterr()
    assert main(("list", "--json", "--limit", "0")) == 0
    id_of = {row["guid"]: row["id"] for row in json.loads(capsys.readouterr().out)}
    assert main(("read", str(id_of[guid]), "--json")) == 0
    return {sentence["mark"] for sentence in json.loads(capsys.readouterr().out)["sentences"]}


def event(name: str) -> str:
    return name.split(": ")[0]


def in_some_order(seed: int) -> list[str]:
    return random.Random(seed).sample(sorted(TOLD), len(TOLD))


@pytest.mark.parametrize("seed", range(3))
def test_who_names_others_tells_of_another_event(grouped, seed):
    names = [name for name in in_some_order(seed) if event(name) != "round-up"]
    wanted = {frozenset(n for n in names if event(n) == event(one)) for one in names}
    assert grouped(names) == wanted


@pytest.mark.parametrize("seed", range(3))
def test_a_round_up_of_two_events_does_not_bring_them_together(grouped, seed):
    for group in grouped(in_some_order(seed)):
        assert len({event(name) for name in group} - {"round-up"}) <= 1


def test_of_another_fire_nothing_is_known(grouped, capsys):
    grouped(in_some_order(0))
    assert main(("mark", "read", "Lowmarsh")) == 0
    assert "known" in marked("fire in Lowmarsh: County Echo", capsys)
    assert marked("fire in Ashby: Northern Sentinel", capsys) == {""}


def test_a_round_up_is_not_what_to_read_next(grouped, capsys):
    grouped(["fire in Lowmarsh: Harbour Post"])
    assert main(("mark", "read", "Lowmarsh")) == 0
    grouped(["fire in Lowmarsh: County Echo", "round-up: Daily Digest"])
    capsys.readouterr()
    assert main(("list", "title:exit", "--json")) == 0
    [echo] = json.loads(capsys.readouterr().out)
    assert main(("front", "--json")) == 0
    [story] = json.loads(capsys.readouterr().out)["stories"]
    assert len(story["unread"]) == 2
    assert story["article"] == echo["id"]
