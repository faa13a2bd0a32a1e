"""Deliveries are found by the one whose message carries them: each settling asks for them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    carried = sa.text("lead IS NOT NULL")
    op.create_index("delivery_lead", "delivery", ["lead"], sqlite_where=carried, postgresql_where=carried)


def downgrade() -> None:
    op.drop_index("delivery_lead", table_name="delivery")
