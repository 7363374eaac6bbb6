"""What every task and every engine owes, as checks that run on ours and on a stranger's alike."""
