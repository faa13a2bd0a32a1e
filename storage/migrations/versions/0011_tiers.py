"""A change keeps how it is told, and a workspace whether it wants pings of doubtful ones too."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("tier", sa.String(), nullable=False, server_default="ping"))
    op.add_column("workspace", sa.Column("doubtful_pings", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("workspace", "doubtful_pings")
    op.drop_column("change", "tier")
