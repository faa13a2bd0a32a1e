"""Whether a plan has pings is kept with the workspace, and no longer written over what people chose.

Under the plan without pings every watch was written down as one without, so that what its people had chosen
is not known; as on a change of plan so far, they are taken to want pings once their plan has them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("pings", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.text("UPDATE workspace SET pings = :no WHERE plan = 'free'").bindparams(no=False))
    silent = "SELECT channel.id FROM channel JOIN workspace ON workspace.id = channel.workspace WHERE NOT pings"
    written_over = f"UPDATE watch SET ping = :yes WHERE paused = '' AND channel IN ({silent})"
    op.execute(sa.text(written_over).bindparams(yes=True))


def downgrade() -> None:
    op.drop_column("workspace", "pings")
