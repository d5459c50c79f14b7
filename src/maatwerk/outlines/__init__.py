"""Cases of a scheme side by side under the headings of its outline, and the files that such cases come from."""
