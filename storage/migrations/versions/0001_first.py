"""The first schema: what is seen, and who is told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('blob',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('packed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['base'], ['blob.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('sha256', 'kind')
    )
    op.create_table('platform',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('aliases', sa.Text(), nullable=False),
    sa.Column('sector', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('root',
    sa.Column('day', sa.String(), nullable=False),
    sa.Column('root', sa.String(), nullable=False),
    sa.Column('documents', sa.Integer(), nullable=False),
    sa.Column('versions', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day')
    )
    op.create_table('secret',
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('kept_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('workspace', 'name')
    )
    op.create_table('workspace',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('chat', sa.String(), nullable=False),
    sa.Column('foreign_id', sa.String(), nullable=False),
    sa.Column('plan', sa.String(), nullable=False),
    sa.Column('admins_only', sa.Boolean(), nullable=False),
    sa.Column('installed_by', sa.String(), nullable=False),
    sa.Column('paused', sa.String(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('left_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('channel',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('chat', sa.String(), nullable=False),
    sa.Column('foreign_id', sa.String(), nullable=False),
    sa.Column('rhythm', sa.String(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('quiet_line', sa.Boolean(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('paused', sa.String(), nullable=False),
    sa.Column('paused_at', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('next_slot', sa.BigInteger(), nullable=True),
    sa.Column('told_until', sa.BigInteger(), nullable=True),
    sa.Column('quiet_until', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['workspace'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('channel_slot', 'channel', ['next_slot'], unique=False, sqlite_where=sa.text('next_slot IS NOT NULL'))
    op.create_index(op.f('ix_channel_workspace'), 'channel', ['workspace'], unique=False)
    op.create_table('document',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('type', sa.String(), nullable=False),
    sa.Column('parts', sa.Text(), nullable=False),
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('licence', sa.String(), nullable=False),
    sa.Column('retired', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['platform'], ['platform.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_document_host'), 'document', ['host'], unique=False)
    op.create_index(op.f('ix_document_owner'), 'document', ['owner'], unique=False)
    op.create_index(op.f('ix_document_platform'), 'document', ['platform'], unique=False)
    op.create_table('delivery',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sending_since', sa.BigInteger(), nullable=True),
    sa.Column('settled_at', sa.BigInteger(), nullable=True),
    sa.Column('lead', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('receipt', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=True),
    sa.Column('until', sa.BigInteger(), nullable=True),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['channel'], ['channel.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('channel', 'kind', 'subject')
    )
    op.create_index('delivery_kept', 'delivery', ['state', 'settled_at'], unique=False)
    op.create_index('delivery_open', 'delivery', ['channel', 'id'], unique=False, sqlite_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"), postgresql_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"))
    op.create_index(op.f('ix_delivery_subject'), 'delivery', ['subject'], unique=False)
    op.create_table('look',
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('quiet', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('health', sa.String(), nullable=False),
    sa.Column('milliseconds', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.PrimaryKeyConstraint('document', 'at')
    )
    op.create_index('look_quiet', 'look', ['at'], unique=False, sqlite_where=sa.text('quiet'))
    op.create_table('mute',
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['channel'], ['channel.id'], ),
    sa.PrimaryKeyConstraint('channel', 'platform')
    )
    op.create_table('sight',
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('next_look', sa.BigInteger(), nullable=True),
    sa.Column('taken_until', sa.BigInteger(), nullable=True),
    sa.Column('last_look', sa.BigInteger(), nullable=True),
    sa.Column('last_outcome', sa.String(), nullable=False),
    sa.Column('last_good', sa.BigInteger(), nullable=True),
    sa.Column('last_change', sa.BigInteger(), nullable=True),
    sa.Column('announced', sa.String(), nullable=True),
    sa.Column('steady_looks', sa.Integer(), nullable=False),
    sa.Column('blind_looks', sa.Integer(), nullable=False),
    sa.Column('blind_since', sa.BigInteger(), nullable=True),
    sa.Column('blind_reason', sa.String(), nullable=False),
    sa.Column('blind_told', sa.Boolean(), nullable=False),
    sa.Column('held', sa.String(), nullable=False),
    sa.Column('held_since', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('text_sha256', sa.String(), nullable=False),
    sa.Column('etags', sa.Text(), nullable=False),
    sa.Column('modified', sa.Text(), nullable=False),
    sa.Column('body_sha256', sa.Text(), nullable=False),
    sa.Column('snapshots', sa.Text(), nullable=False),
    sa.Column('chain', sa.String(), nullable=False),
    sa.Column('chained', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.PrimaryKeyConstraint('document')
    )
    op.create_index('sight_due', 'sight', ['next_look'], unique=False, sqlite_where=sa.text('next_look IS NOT NULL'))
    op.create_table('snapshot',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('final_address', sa.String(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('headers', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('fetcher', sa.String(), nullable=False),
    sa.Column('taken_at', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('blob', sa.Integer(), nullable=False),
    sa.Column('health', sa.String(), nullable=False),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['blob'], ['blob.id'], ),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_snapshot_blob'), 'snapshot', ['blob'], unique=False)
    op.create_index(op.f('ix_snapshot_document'), 'snapshot', ['document'], unique=False)
    op.create_table('version',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.Column('recorded_at', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('text', sa.Integer(), nullable=False),
    sa.Column('links', sa.Integer(), nullable=True),
    sa.Column('findings', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('rules', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('marks', sa.LargeBinary(), nullable=False),
    sa.Column('snapshots', sa.Text(), nullable=False),
    sa.Column('chain', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.ForeignKeyConstraint(['findings'], ['blob.id'], ),
    sa.ForeignKeyConstraint(['links'], ['blob.id'], ),
    sa.ForeignKeyConstraint(['text'], ['blob.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('document', 'ordinal')
    )
    op.create_index(op.f('ix_version_recorded_at'), 'version', ['recorded_at'], unique=False)
    op.create_index('version_seen', 'version', ['document', 'seen_at'], unique=False)
    op.create_table('watch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('provision', sa.String(), nullable=False),
    sa.Column('ping', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('added_at', sa.BigInteger(), nullable=False),
    sa.Column('paused', sa.String(), nullable=False),
    sa.Column('removed_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['channel'], ['channel.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('channel', 'platform', 'document', 'provision')
    )
    op.create_index('watch_platform', 'watch', ['platform', 'document'], unique=False)
    op.create_table('ack',
    sa.Column('delivery', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['delivery'], ['delivery.id'], ),
    sa.PrimaryKeyConstraint('delivery')
    )
    op.create_table('change',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('before', sa.String(), nullable=False),
    sa.Column('after', sa.String(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.Column('significance', sa.String(), nullable=False),
    sa.Column('effective', sa.String(), nullable=True),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('imported', sa.Boolean(), nullable=False),
    sa.Column('difference', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['after'], ['version.id'], ),
    sa.ForeignKeyConstraint(['before'], ['version.id'], ),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('change_document', 'change', ['document', 'seen_at'], unique=False)
    op.create_index(op.f('ix_change_effective'), 'change', ['effective'], unique=False)
    op.create_index(op.f('ix_change_seen_at'), 'change', ['seen_at'], unique=False)
    op.create_table('clause',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('words', sa.Text().with_variant(TSVECTOR(), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.ForeignKeyConstraint(['version'], ['version.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_clause_document'), 'clause', ['document'], unique=False)
    op.create_table('standing',
    sa.Column('provision', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('exposure', sa.String(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['document.id'], ),
    sa.ForeignKeyConstraint(['version'], ['version.id'], ),
    sa.PrimaryKeyConstraint('provision', 'document')
    )
    op.create_index(op.f('ix_standing_document'), 'standing', ['document'], unique=False)
    op.create_table('mention',
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('delivery', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['change'], ['change.id'], ),
    sa.ForeignKeyConstraint(['channel'], ['channel.id'], ),
    sa.ForeignKeyConstraint(['delivery'], ['delivery.id'], ),
    sa.PrimaryKeyConstraint('channel', 'change')
    )
    op.create_index(op.f('ix_mention_delivery'), 'mention', ['delivery'], unique=False)
    op.create_table('report',
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['change'], ['change.id'], ),
    sa.ForeignKeyConstraint(['channel'], ['channel.id'], ),
    sa.PrimaryKeyConstraint('change', 'channel', 'person')
    )
    op.create_table('touch',
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('provision', sa.String(), nullable=False),
    sa.Column('turn', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['change'], ['change.id'], ),
    sa.PrimaryKeyConstraint('change', 'provision', 'turn')
    )
    op.create_index(op.f('ix_touch_provision'), 'touch', ['provision'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("clause_words_gin", "clause", ["words"], postgresql_using="gin")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE clause_words USING fts5("
            "words, path, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
