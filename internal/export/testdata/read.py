"""Reads exports with the standard library alone, as a stranger would, and checks what must be in them."""
import csv, datetime, json, os, sys

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


def tabbed(name, header):
    with open(path(name), encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows[1:] if header else rows


def quoted(name):
    with open(path(name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def lines(name):
    with open(path(name), encoding="utf-8") as f:
        return [json.loads(line) for line in f.read().splitlines()]


claims = lines("jsonl")
table = quoted("csv")
assert len(claims) == len(table) == 10, (len(claims), len(table))
for c, r in zip(claims, table):
    assert list(c) == list(r)
    assert (c["title"] or "") == r["title"] and (c["sentence"] or "") == r["sentence"]
    assert json.loads(r["actors"]) == c["actors"] and json.loads(r["contexts"]) == c["contexts"]
    for day in ("reported", "happened_from", "happened_to"):
        assert (c[day] or "") == r[day]
        if c[day]:
            datetime.date.fromisoformat(c[day])
    assert c["mode"] is None or c["mode"]
assert any("🕊" in c["sentence"] and "\t" in c["sentence"] for c in claims)
denial = [c for c in claims if c["stance"] == "denied"]
assert len(denial) == 1 and denial[0]["polarity"] == "negative" and denial[0]["chain"][0]["name"] == "Qatar"

events, mentions = tabbed("gdelt-events", False), tabbed("gdelt-mentions", False)
assert {len(r) for r in events} == {61} and {len(r) for r in mentions} == {16}
ids = {int(r[0]) for r in events}
assert len(ids) == len(events) and {int(m[0]) for m in mentions} == ids and max(ids) < 2**53
sale = [r for r in events if r[5] == "RUS" and r[15] == "SYR" and r[26] == "072"]
assert len(sale) == 1 and sale[0][1] == "20121104" and sale[0][31:34] == ["2", "2", "2"] and sale[0][29:31] == ["2", "8.3"]
assert len([m for m in mentions if m[0] == sale[0][0]]) == 2

assert {len(r) for r in tabbed("polecat", True)} == {40}
assert {len(r) for r in tabbed("icews", True)} == {20}
assert {len(r) for r in tabbed("phoenix", False)} == {26}
assert all(len(r) == 31 for r in quoted("acled"))

plover = lines("plover")
assert all({"id", "date", "actor", "event", "mode", "context", "quad_code", "event_scale"} <= set(e) for e in plover)
assert any(e["mode"] == ["negation"] for e in plover)

entities = {e["id"]: e for e in lines("ftm")}
assert {"Event", "Article", "Person", "PublicBody"} <= {e["schema"] for e in entities.values()}
for e in entities.values():
    for prop in ("organizer", "involved", "proof"):
        assert all(id in entities for id in e["properties"].get(prop, []))
rebuilt = {}
for s in quoted("ftm-statements"):
    rebuilt.setdefault(s["entity_id"], {}).setdefault(s["prop"], []).append(s["value"])
assert rebuilt == {id: e["properties"] for id, e in entities.items()}

with open(path("parquet"), "rb") as f:
    body = f.read()
assert body[:4] == body[-4:] == b"PAR1" and int.from_bytes(body[-8:-4], "little") < len(body)
