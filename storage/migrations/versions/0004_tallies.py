"""Counts that the processes of an installation add up together."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tally',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('labels', sa.String(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'labels')
    )


def downgrade() -> None:
    op.drop_table('tally')
