"""Speed, measured as ratios against bare passes and against peers in one run."""
