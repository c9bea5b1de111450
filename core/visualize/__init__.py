"""Pictures of what a network looks for: optimized until a unit, layer or class answers."""
