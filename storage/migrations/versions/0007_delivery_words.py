"""What a notice says and why a document is blind stand apart from why their delivery has not arrived.

They shared a column, so that a message which was sent again after a refusal gave the refusal as its news.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("words", sa.String(), nullable=False, server_default=""))
    waiting = "kind IN ('blind', 'notice') AND state IN ('due', 'paused') AND attempts = 0"  # later it is overwritten
    op.execute(sa.text(f"UPDATE delivery SET words = reason, reason = '' WHERE {waiting}"))


def downgrade() -> None:
    op.execute(sa.text("UPDATE delivery SET reason = words WHERE words <> ''"))
    op.drop_column("delivery", "words")
