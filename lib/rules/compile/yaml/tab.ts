/** What is said of a tab, wherever it stands. */
export const TAB = 'A tab stands here. YAML is indented with spaces: use two for each step.';
