"""Fetch copy from where agencies put it: each kind of place is one small folder.

kinds      the protocol: `fetch(Road) -> Fetched`, and the folders that speak it
listed     what is new in a folder, wherever it is
network    a socket to a host that may be reached, closed when its time is over
credentials    user, password and key, out of files that nobody else can read
polling    one fetch, whatever happens: what came is kept, what failed is said
health     a light, and what it means, in words
queue      who fetches when: tasks of django-tasks in the newsroom's database
verbs      add, pause, accept a new format; commands, views, hooks: who calls them

Source: docs/decisions/0051-where-copy-comes-from.md.
"""
