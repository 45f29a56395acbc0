"""Read JSON from strangers: text becomes values, whatever is wrong with it.

reader   text -> values, bounded in depth and number
repair   the same for JSON that is damaged, commented or cut short
values   questions to values, whatever their types and the spelling of their keys
"""
