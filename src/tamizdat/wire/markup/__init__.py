"""Read markup from strangers: XML and HTML become trees, trees become blocks.

reader   text -> tree, hardened: no entity, no DTD, no network, no depth
tree     questions to a tree, whatever its namespaces and its spelling
roles    what an element is called; marked: what its class calls it; names: of blocks
hidden   what nobody but the desk may see
spoken   which language an element names for its words
noted    which texts of a tree have words of another language
blocks   tree -> paragraphs, subheads, quotes, lists and tables
"""
