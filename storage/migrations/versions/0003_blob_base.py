"""Find the blobs packed against another one without reading them all."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_blob_base"), "blob", ["base"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_blob_base"), table_name="blob")
