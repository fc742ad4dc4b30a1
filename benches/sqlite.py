#!/usr/bin/env python3
"""The same question, asked of SQLite.

  sqlite.py export  ACTIONS.json DB    every action of `relato actions --all --format json`, as a table
  sqlite.py overdue DB DATE            what is overdue on DATE: action, due, owner, title
"""
import json, os, sqlite3, sys


def export(source, path):
    if os.path.exists(path): os.remove(path)
    db = sqlite3.connect(path)
    db.execute("create table action (incident, id, title, owner, due, status)")
    rows = json.load(open(source, encoding="utf-8"))["actions"]
    db.executemany("insert into action values (?,?,?,?,?,?)",
                   [(r["incident"], r["id"], r["title"].get("en"), r["owner"], r["due"], r["status"]) for r in rows])
    db.commit()


def overdue(path, day):
    db = sqlite3.connect(path)
    rows = db.execute("""select incident || '/' || id, due, owner, title from action
        where due < ? and status in ('accepted', 'in_progress', 'blocked') order by due""", (day,))
    sys.stdout.writelines(f"{a}  {due}  {owner}  {title}\n" for a, due, owner, title in rows)


if __name__ == "__main__":
    {"export": export, "overdue": overdue}[sys.argv[1]](*sys.argv[2:])
