"""An editor's day: draft, statements with their chains, preview, schedule, correction, retraction, review, merge, restore, and an end."""
import time
import uuid
from datetime import datetime, timedelta, timezone

from desk import delete, hold, patch, post, public, read, send

DAY = uuid.uuid4().hex[:8]  # Another day, other slugs.

TEXT = [
    "قالت مديرة المرفأ سمر الطيبي، بحسب ما نقلته قناة المرفأ الجديد عن نائبها: «أول سفينة تصل فجر الأحد».",
    "وأضافت: «ولن تدخل الحوض قبل أن يأذن المرشد». وقال بحّار لم يذكر اسمه إن الحوض لم يُعمَّق بعد.",
]


def body(*paragraphs: str) -> list[dict]:
    return [{"type": "paragraph", "text": text} for text in paragraphs]


def draft() -> str:
    print("morning: a draft")
    made = post("/v1/articles", {
        "language": "ar", "title": "المرفأ ينتظر سفينته الأولى", "slug": f"المرفأ-{DAY}", "outlet": {"name": "ضفاف الزمرد"},
        "body": body(*TEXT), "tags": [{"name": "المرفأ"}],
    }, Idempotency_Key=DAY)
    again = post("/v1/articles", {
        "language": "ar", "title": "المرفأ ينتظر سفينته الأولى", "slug": f"المرفأ-{DAY}", "outlet": {"name": "ضفاف الزمرد"},
        "body": body(*TEXT), "tags": [{"name": "المرفأ"}],
    }, Idempotency_Key=DAY)
    hold("sent twice, it is there once", again["id"], made["id"])
    article = f"/v1/articles/{made['id']}"
    public(article, 404)
    hold("an editor reads it", read(article)["status"], "draft")
    return article


def statements(article: str) -> list[str]:
    print("who said what, and through whom it came")
    chain = post(f"{article}/statements", {
        "form": "direct", "quote": "أول سفينة تصل فجر الأحد", "attribution": [
            {"role": "speaker", "speaker": {"name": f"سمر الطيبي {DAY}"}, "as_named": "مديرة المرفأ سمر الطيبي", "cue": "قالت"},
            {"role": "relay", "anonymous": {"label": "نائب مديرة المرفأ"}, "as_named": "نائبها"},
            {"role": "outlet", "outlet": {"name": "قناة المرفأ الجديد"}, "cue": "نقلته"},
        ]})
    carried = post(f"{article}/statements", {
        "form": "direct", "quote": "ولن تدخل الحوض قبل أن يأذن المرشد", "speaker": {"name": f"س. الطيبي {DAY}"}})
    unnamed = post(f"{article}/statements", {
        "form": "indirect", "quote": "الحوض لم يُعمَّق بعد", "anonymous": {"label": "بحّار"}})
    hold("each stands in the text", [one["anchor"] for one in (chain, carried, unnamed)], ["ok"] * 3)
    hold("the article has a revision for each", unnamed["article"]["revision"], 4)
    return [one["id"] for one in (chain, carried, unnamed)]


def preview(article: str) -> None:
    print("noon: a front end shows what will be published")
    token = post(f"{article}/preview")
    shown = send("GET", f"{article}?preview={token['token']}", key=False, expect=200)
    hold("with all three statements", len(shown["statements"]), 3)
    hold("and nobody keeps it", shown.headers["Cache-Control"], "private, no-store")
    send("DELETE", f"{article}/preview/{token['id']}", key=True, expect=204)
    send("GET", f"{article}?preview={token['token']}", key=False, expect=403)


def schedule(article: str) -> None:
    print("it goes out by itself")
    due = (datetime.now(timezone.utc) + timedelta(seconds=2)).isoformat()
    patch(article, {"status": "published", "published_at": due}, 4)
    public(article, 404)
    until = time.monotonic() + 30
    while send("GET", "/v1/articles?limit=1&fields=id", key=False, expect=200)["data"][0]["id"] not in article:
        if time.monotonic() > until:
            raise SystemExit("FAILED it never went live")
        time.sleep(0.1)
    hold("a reader has it, at the same revision", public(article)["revision"], 5)


def correct(article: str, said: list[str]) -> None:
    print("afternoon: a correction")
    text = TEXT[0].replace("فجر الأحد", "فجر الإثنين"), "صُحّح الخبر. " + TEXT[1]
    receipt = patch(article, {
        "body": body(*text), "corrections": [{"at": "2026-03-01T12:00:00Z", "note": "صُحّح يوم الوصول."}]}, 5)
    became = {one["id"]: one["anchor"] for one in receipt["statements"]}
    hold("of each anchor is told what became of it", [became[one] for one in said], ["orphaned", "ok", "ok"])
    patch(f"/v1/statements/{said[0]}", {"quote": "أول سفينة تصل فجر الإثنين"}, 2)
    served = public(article)
    for statement in served["statements"]:
        anchor = statement["anchor"]
        units = served["body"][anchor["block"]]["text"].encode("utf-16-le")
        words = units[2 * anchor["start"]: 2 * anchor["end"]].decode("utf-16-le")
        hold("its words stand there", (words, anchor["state"]), (statement["quote"], "ok"))
    stale = send("PATCH", article, {"title": "x"}, key=True, expect=412, If_Match='"5"')
    hold("who has an older revision is told", stale.headers["ETag"], f'"{served["revision"]}"')


def retract(article: str, said: list[str]) -> None:
    print("the sailor takes it back")
    patch(f"/v1/statements/{said[2]}", {"status": "retracted", "note": "تراجع البحّار."}, 2)
    gone = public(f"/v1/statements/{said[2]}", 410)
    hold("readers are told why", gone["detail"].endswith("تراجع البحّار."), True)
    hold("and the article counts it no more", public(article)["statement_count"], 2)
    hold("an editor still reads it", len(read(article)["statements"]), 3)


def review(article: str) -> None:
    print("a program proposes, and an editor decides")
    pilot = f"المرشد {DAY}"
    made = post(f"{article}/statements", {
        "form": "indirect", "quote": "الحوض لم يُعمَّق بعد", "status": "proposed", "origin": "extracted", "confidence": 0.6,
        "attribution": [{"role": "speaker", "unresolved": {"name": pilot, "kind": "person"}}]})
    said = f"/v1/statements/{made['id']}"
    public(said, 404)
    post(f"{said}/reject", {"note": "من قاله؟"}, expect=200, If_Match='"1"')
    public(said, 404)
    post(f"{said}/accept", {"form": "direct"}, expect=200, If_Match='"2"')
    hold("readers see who said it, and not what editors wrote", (public(said)["speaker"]["name"], public(said)["note"]), (pilot, None))
    left = post(f"{article}/statements/accept", expect=200, If_Match=f'"{read(article)["revision"]}"')
    hold("nothing is left to review", left["accepted"], [])


def merge() -> None:
    print("evening: two speakers are one")
    kept, double = f"سمر-الطيبي-{DAY}", f"س-الطيبي-{DAY}"
    left = post(f"/v1/speakers/{double}/merge", {"into": kept}, expect=200)
    hold("one has all that both said", left["statement_count"], 2)
    moved = public(f"/v1/speakers/{double}", 308)
    hold("the other leads there", moved.headers["Location"], f"/v1/speakers/{left['id']}")
    said = public(f"/v1/statements?speaker={double}&count=true")
    hold("and finds all of it", said["page"]["total"], 2)


def restore(article: str) -> None:
    print("what was it this morning?")
    kept = read(f"{article}/revisions?limit=100")["data"]
    hold("every state is there", [one["revision"] for one in kept], list(range(len(kept), 0, -1)))
    now = kept[0]["revision"]
    send("POST", f"{article}/revisions/5/restore", key=True, expect=200, If_Match=f'"{now}"')
    hold("it is again what it was", public(article)["body"], body(*TEXT))


def end(article: str) -> None:
    print("night: it is taken back")
    revision = read(article)["revision"]
    patch(article, {"status": "withdrawn", "reason": "لم تصل السفينة."}, revision)
    hold("readers are told why", public(article, 410)["detail"].endswith("لم تصل السفينة."), True)
    delete(f"{article}?reason=لم تصل السفينة.", revision + 1)
    public(article, 410)
    send("PUT", article, {"language": "ar", "title": "x", "text": "x", "outlet": {"name": "x"}}, key=True, expect=410)


def main() -> None:
    article = draft()
    said = statements(article)
    preview(article)
    schedule(article)
    correct(article, said)
    retract(article, said)
    review(article)
    merge()
    restore(article)
    end(article)
    print("the day is done")


if __name__ == "__main__":
    main()
