"""Words and names, until reader.text.terms is there."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
STOP = set(
    "a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does doing down during each even few for from further get got had has have having he her here hers herself him himself his how i if in into is it its itself just like make many may me might more most much must my myself new no nor not now of off on once one only or other our ours ourselves out over own said same say says she should so some still such than that the their theirs them themselves then there these they this those through to too two under until up upon us very was way we well were what when where which while who whom why will with would yet you your yours yourself yourselves".split()
)


def words(text):
    out = []
    for w in _WORD.findall(text.lower()):
        if "'" in w or "’" in w:
            w = re.split("['’]", w)[0]
        if len(w) > 1 and w not in STOP:
            out.append(w)
    return out


TOK = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*|[.!?:\n\"“”]")


def names(t):
    out = []
    run = []
    start = True
    last = -1
    for m in TOK.finditer(t):
        s = m.group()
        if len(s) == 1 and not s.isalnum():
            if len(run) > 1:
                out.append(" ".join(run))
            run = []
            start = True
            last = m.end()
            continue
        if s[0].isupper():
            if run and m.start() - last > 1:
                if len(run) > 1:
                    out.append(" ".join(run))
                run = []
            if start:
                start = False
                last = m.end()
                continue
            run.append(re.split("['’]", s)[0])
            last = m.end()
        else:
            if len(run) > 1:
                out.append(" ".join(run))
            run = []
        start = False
        last = m.end()
    if len(run) > 1:
        out.append(" ".join(run))
    return out
