"""Many files: what there is to do, who does it, what is done."""
