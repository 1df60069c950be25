"""An editor's program: an article from draft to deletion, names that turn out to be one, and keys."""

import unittest
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

import isnad

import client
from client import administration, desk

articles = isnad.ArticlesApi(desk)
statements = isnad.StatementsApi(desk)
revisions = isnad.RevisionsApi(desk)
previews = isnad.PreviewsApi(desk)
speakers = isnad.SpeakersApi(desk)
outlets = isnad.OutletsApi(desk)
tags = isnad.TagsApi(desk)
imports = isnad.ImportApi(desk)
extraction = isnad.ExtractionApi(desk)
keys = isnad.KeysApi(administration)

WORDS = "لا سفينة قبل الفجر"


def draft(title: str) -> isnad.NewArticle:
    return isnad.NewArticle(
        language="ar",
        title=title,
        summary="لا سفن هذه الليلة.",
        outlet=isnad.NewReference(name="ضفاف الزمرد"),
        text=f"قالت سمر الطيبي: «{WORDS}». وقال بحّار إن الحوض لم يُعمَّق.",
        statements=[isnad.NewStatement(form=isnad.Form.DIRECT, quote=WORDS, speaker=isnad.NewReference(name="سمر الطيبي"))],
    )


def at(revision: int) -> str:
    """What `If-Match` is for a revision."""
    return f'"{revision}"'


class Named(Protocol):
    id: UUID
    slug: str
    revision: int


class Writing(unittest.TestCase):
    def refused(self, status: int, code: str, call: Callable[[], object]) -> isnad.Problem:
        with self.assertRaises(isnad.ApiException) as refused:
            call()
        assert refused.exception.body is not None
        problem = isnad.Problem.from_json(refused.exception.body)
        assert problem is not None
        self.assertEqual((problem.status, problem.code), (status, code))
        return problem

    def test_a_draft_is_put_changed_on_a_condition_and_seen_by_nobody(self) -> None:
        article = UUID("019c1e00-1d00-7100-8d00-0000000000a2")
        made = articles.put_article_with_http_info(article, draft("المرفأ ينتظر"))
        self.assertEqual((made.status_code, made.data.outcome), (201, isnad.WriteOutcome.CREATED))
        self.assertEqual([one.anchor for one in made.data.statements], [isnad.AnchorOutcome.OK])
        self.assertEqual(articles.put_article(article, draft("المرفأ ينتظر")).outcome, isnad.WriteOutcome.UNCHANGED)

        other = draft("المرفأ لا ينتظر")
        self.refused(428, "precondition_required", lambda: articles.put_article(article, other))
        assert made.headers is not None
        tag = made.headers["etag"]
        updated = articles.put_article(article, other, if_match=tag)
        self.assertEqual((updated.outcome, updated.revision), (isnad.WriteOutcome.UPDATED, 2))
        self.refused(412, "precondition_failed", lambda: articles.put_article(article, draft("غيره"), if_match=tag))
        self.refused(404, "not_found", lambda: client.articles.get_article(str(article)))
        self.refused(401, "key_required", lambda: client.articles.put_article(article, other))

    def test_an_article_goes_from_draft_to_deletion(self) -> None:
        # Sent twice, as when an answer was lost.
        made, again = (articles.create_article(draft("الحوض لم يُعمَّق"), idempotency_key="python") for _ in range(2))
        self.assertEqual(again, made)
        article = str(made.id)

        # `None` that is given takes away; what is not given stays.
        changes = isnad.ArticleChanges(summary=None, dateline="مرسى الزيتون")
        self.assertEqual(articles.patch_article(article, at(1), changes).revision, 2)
        served = articles.get_article(article)
        self.assertEqual((served.summary, served.dateline, served.title), (None, "مرسى الزيتون", "الحوض لم يُعمَّق"))

        said = isnad.NewStatement(form=isnad.Form.INDIRECT, quote="الحوض لم يُعمَّق", anonymous=isnad.Anonymous(label="بحّار"), note="؟")
        statement = statements.create_statement(article, said)
        self.assertEqual((statement.anchor, statement.article.revision), (isnad.AnchorOutcome.OK, 3))
        proposed = isnad.StatementChanges(status=isnad.StatementStatus.PROPOSED, note=None)
        statement = statements.patch_statement(statement.id, at(statement.revision), proposed)
        self.assertEqual(statement.status, isnad.StatementStatus.PROPOSED)
        listed = statements.list_article_statements(article, status=[isnad.StatementStatus.PROPOSED])
        self.assertEqual([(one.id, one.note) for one in listed.data], [(statement.id, None)])

        # It is rejected, and accepted after all, with a change; then nothing is left to accept.
        statement = statements.reject_statement(statement.id, at(statement.revision), rejection=isnad.Rejection(note="؟"))
        self.assertEqual(statement.status, isnad.StatementStatus.REJECTED)
        direct = isnad.StatementChanges(form=isnad.Form.DIRECT)
        statement = statements.accept_statement(statement.id, at(statement.revision), statement_changes=direct)
        self.assertEqual(statement.status, isnad.StatementStatus.PUBLISHED)
        left = statements.accept_article_statements(article, at(statement.article.revision))
        self.assertEqual((left.outcome, left.accepted), (isnad.WriteOutcome.UNCHANGED, []))

        self.show(article)
        self.refused(404, "not_found", lambda: client.articles.get_article(article))
        published = isnad.ArticleChanges(status=isnad.ArticleStatus.PUBLISHED)
        receipt = articles.patch_article(article, at(statement.article.revision), published)
        self.assertEqual([one.quote for one in client.articles.get_article(article).statements], [WORDS, said.quote])

        statements.delete_statement(statement.id, if_match=at(statement.revision), reason="لم يقل ذلك.")
        self.restore(article)
        receipt = articles.patch_article(
            article, at(articles.get_article(article).revision), isnad.ArticleChanges(status=isnad.ArticleStatus.WITHDRAWN, reason="خطأ")
        )
        self.refused(410, "gone", lambda: client.articles.get_article(article))
        articles.delete_article(article, reason="خطأ", if_match=at(receipt.revision))
        self.refused(410, "gone", lambda: articles.get_article(article))

    def test_what_is_extracted_is_proposed(self) -> None:
        extracted = extraction.extract_statements(isnad.NewExtraction(text=f"قالت سمر الطيبي: «{WORDS}».", title="المرفأ ينتظر"))
        self.assertEqual(extracted.article.title, "المرفأ ينتظر")
        self.assertEqual([(one.quote, one.status) for one in extracted.article.statements or []], [(WORDS, "proposed")])
        self.assertEqual([(one.name, one.thing) for one in extracted.names], [("سمر الطيبي", "speaker")])

    def show(self, article: str) -> None:
        """A preview opens the draft to who has no key, until it is taken back."""
        preview = previews.create_preview(article, isnad.NewPreview(expires_at=datetime.now(UTC) + timedelta(hours=1)))
        self.assertEqual(client.articles.get_article(article, preview=preview.token).id, preview.article.id)
        previews.delete_preview(article, preview.id)
        self.refused(403, "invalid_preview", lambda: client.articles.get_article(article, preview=preview.token))

    def restore(self, article: str) -> None:
        """Makes the article what it was at first, but published."""
        newest, *_, first = revisions.list_revisions(article, limit=100).data
        self.assertEqual((newest.current, first.revision, first.changed_by), (True, 1, "tests"))
        then = revisions.get_revision(article, first.revision)
        self.assertEqual((then.state.title, then.state.summary), ("الحوض لم يُعمَّق", "لا سفن هذه الليلة."))
        restored = revisions.restore_article(article, first.revision, if_match=at(newest.revision))
        self.assertEqual((restored.status, restored.revision), (isnad.ArticleStatus.DRAFT, newest.revision + 1))
        self.assertEqual(articles.get_article(article).summary, "لا سفن هذه الليلة.")
        articles.patch_article(article, at(restored.revision), isnad.ArticleChanges(status=isnad.ArticleStatus.PUBLISHED))

    def unite(self, kept: Named, double: Named, merge: Callable[[str, isnad.Merge], Named], get: Callable[[str], Named]) -> str:
        """Merges one into another, which its slug leads to from then on; gives the condition on which that can be changed."""
        left = merge(str(double.id), isnad.Merge(into=kept.slug))
        self.assertEqual(left.id, kept.id)
        self.assertEqual(get(double.slug).id, kept.id)
        return at(left.revision)

    def test_two_speakers_are_one(self) -> None:
        kept = speakers.put_speaker(UUID("019c1e00-1d00-7100-8d00-0000000000c2"), isnad.NewSpeaker(name="بدر القصّاب", description="؟"))
        patched = speakers.patch_speaker(kept.slug, at(kept.revision), isnad.SpeakerChanges(description=None, aliases=["أبو نجم"]))
        self.assertEqual((patched.name, patched.description, patched.aliases), (kept.name, None, ["أبو نجم"]))
        double = speakers.create_speaker(isnad.NewSpeaker(name="ب. القصّاب", kind=isnad.SpeakerKind.PERSON))
        self.assertIn(kept.id, [one.id for one in speakers.list_speakers(hidden=True, limit=100).data])
        condition = self.unite(kept, double, speakers.merge_speaker, speakers.get_speaker)
        speakers.delete_speaker(kept.slug, if_match=condition)
        self.refused(410, "gone", lambda: speakers.get_speaker(kept.slug))

    def test_two_outlets_are_one(self) -> None:
        kept = outlets.put_outlet(UUID("019c1e00-1d00-7100-8d00-0000000000c5"), isnad.NewOutlet(name="بريد التلال", country="EG"))
        patched = outlets.patch_outlet(kept.slug, at(kept.revision), isnad.OutletChanges(country=None, language="ar"))
        self.assertEqual((patched.name, patched.country, patched.language), (kept.name, None, "ar"))
        double = outlets.create_outlet(isnad.NewOutlet(name="جريدة بريد التلال"))
        condition = self.unite(kept, double, outlets.merge_outlet, outlets.get_outlet)
        outlets.delete_outlet(kept.slug, if_match=condition)

    def test_two_tags_are_one(self) -> None:
        kept = tags.put_tag(UUID("019c1e00-1d00-7100-8d00-0000000000c8"), isnad.NewTag(name="أحواض", names={"en": "docks"}))
        patched = tags.patch_tag(kept.slug, at(kept.revision), isnad.TagChanges(names=None, kind=isnad.TagKind.PLACE))
        self.assertEqual((patched.name, patched.names, patched.kind), (kept.name, {}, isnad.TagKind.PLACE))
        double = tags.create_tag(isnad.NewTag(name="حوض السفن"))
        condition = self.unite(kept, double, tags.merge_tag, tags.get_tag)
        tags.delete_tag(kept.slug, if_match=condition, detach=True)

    def test_lines_are_imported(self) -> None:
        lines = [draft("أول سطر").to_json(), "", isnad.NewTag(name="سطور").to_json()]
        # The answer is lines, too, which no generated method reads by itself.
        answer = imports.import_lines_without_preload_content("\n".join(lines))
        told = [isnad.ImportLine.from_json(line).actual_instance for line in answer.data.decode().splitlines()]
        created, failed, summary = told
        assert isinstance(created, isnad.ImportResult) and isinstance(failed, isnad.ImportResult)
        self.assertEqual((created.line, created.outcome, created.thing), (1, isnad.ImportOutcome.CREATED, isnad.Thing.ARTICLE))
        self.assertEqual((failed.line, failed.outcome), (3, isnad.ImportOutcome.FAILED))
        self.assertTrue(failed.errors, "a tag without its type is no article")
        assert isinstance(summary, isnad.ImportSummary)
        self.assertEqual((summary.done, summary.created, summary.failed, summary.drafts), (True, 1, 1, 1))
        self.assertEqual(articles.get_article(str(created.id)).title, "أول سطر")

    def test_a_key_is_made_used_and_revoked(self) -> None:
        made = keys.create_key(isnad.NewKey(name="python", scope=isnad.Scope.READ))
        self.assertIn(made.prefix, [one.prefix for one in keys.list_keys().data])
        reader = isnad.RevisionsApi(client.connect(made.secret))
        self.refused(404, "not_found", lambda: reader.list_revisions("no-such-article"))
        missing = self.refused(403, "missing_scope", lambda: isnad.KeysApi(client.connect(made.secret)).list_keys())
        self.assertIn("admin", missing.detail)
        keys.revoke_key(made.prefix)
        self.assertIsNotNone(keys.get_key(made.prefix).revoked_at)
        self.refused(401, "invalid_key", lambda: reader.list_revisions("no-such-article"))
