"""Read markup from strangers: XML and HTML become trees, trees become blocks.

reader   text -> tree, hardened: no entity, no DTD, no network, no depth
tree     questions to a tree, whatever its namespaces and its spelling
blocks   tree -> paragraphs, subheads, quotes, lists and tables
"""
