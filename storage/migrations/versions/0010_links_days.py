"""How long links to a workspace's own pages open is the workspace's setting."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("links_days", sa.Integer(), nullable=False, server_default="3650"))


def downgrade() -> None:
    op.drop_column("workspace", "links_days")
