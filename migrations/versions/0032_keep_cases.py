"""Keep case studies, what they are found by, and their versions; keep words for searching."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0032"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables of the library."""
    op.create_table(
        "case_studies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("completeness", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"],
            name="fk_case_studies_author_id_persons", ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_studies"),
        sa.UniqueConstraint("slug", name="uq_case_studies_slug"),
    )  # fmt: skip
    op.create_index("ix_case_studies_author_id", "case_studies", ["author_id"])
    op.create_index("ix_case_studies_published_at", "case_studies", ["published_at"])
    op.create_index("ix_case_studies_status_title", "case_studies", ["status", "title"])
    op.create_table(
        "case_facets",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(20), nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_studies.id"],
            name="fk_case_facets_case_id_case_studies", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "facet", "value", name="pk_case_facets"),
    )  # fmt: skip
    op.create_index("ix_case_facets_facet_value", "case_facets", ["facet", "value"])
    op.create_table(
        "case_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_studies.id"],
            name="fk_case_versions_case_id_case_studies", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["persons.id"],
            name="fk_case_versions_changed_by_persons", ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_versions"),
        sa.UniqueConstraint("case_id", "version", name="uq_case_versions_case_id_version"),
    )  # fmt: skip
    op.create_index("ix_case_versions_changed_by", "case_versions", ["changed_by"])
    _keep_words()


def _keep_words() -> None:
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_documents"),
        sa.UniqueConstraint("kind", "number", name="uq_search_documents_kind_number"),
    )
    word = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
    op.create_table(
        "search_vocabulary",
        sa.Column("word", word, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_search_vocabulary"),
    )
    op.create_index("ix_search_vocabulary_length", "search_vocabulary", ["length"])
    for statement in _WORDS[op.get_bind().dialect.name]:
        op.execute(statement)


#: Words come cut and folded: both tables only have to leave them as they are.
_WORDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_texts USING fts5(title, card, body, prefix='3 4', "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
    ],
    "postgresql": [
        "CREATE TABLE search_texts (document_id integer PRIMARY KEY REFERENCES "
        "search_documents (id) ON DELETE CASCADE, words tsvector NOT NULL)",
        "CREATE INDEX ix_search_texts_words ON search_texts USING gin (words)",
    ],
}


def downgrade() -> None:
    """Drop them."""
    op.drop_table("search_texts")
    op.drop_table("search_vocabulary")
    op.drop_table("search_documents")
    op.drop_table("case_versions")
    op.drop_table("case_facets")
    op.drop_table("case_studies")
