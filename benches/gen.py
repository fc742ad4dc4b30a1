#!/usr/bin/env python3
"""Deterministic generator of synthetic relato workspaces, shaped like real ones.

  gen.py workspace N OUT [--flat]   OUT/relato.yaml, services.yaml, incidents/YYYY/ID.yaml
  gen.py git       N OUT [--flat]   a git repository whose HEAD tree equals `workspace N`: about one commit per change of an action item
  gen.py expected  N OUT            OUT/expected.json: number of actions, of overdue ones, of impacts, of breached ones as of AS_OF
  gen.py hugo      N OUT            the same content as Hugo pages (structured front matter), two languages, for a side-by-side build

Same seed and N give the same bytes. Incident i depends on (SEED, i) alone, so N=100 is a prefix of N=1000.
Standard library only. All instants are UTC; AS_OF is the date to pass as --as-of.
"""
import argparse, datetime as dt, json, os, random, subprocess, sys

SEED = 20261120
AS_OF = dt.date(2026, 11, 20)
START = dt.datetime(2019, 1, 1)
SPAN_DAYS = 365 * 8 - 60                      # last incident starts before AS_OF
TARGET_MIN = {"critical": 10, "non-critical": 240}

SERVICES = [  # id, name en, name pt, class
    ("checkout", "Checkout", "Checkout", "critical"),
    ("payments-gateway", "Payments gateway", "Gateway de pagamentos", "critical"),
    ("oms-workflow", "OMS workflow", "Workflow do OMS", "critical"),
    ("oms-search", "OMS search API", "API de busca do OMS", "non-critical"),
    ("pricing", "Pricing", "Preços", "critical"),
    ("promotions", "Promotions", "Promoções", "critical"),
    ("admin", "Admin panel", "Painel administrativo", "non-critical"),
    ("insights", "Insights", "Insights", "non-critical"),
    ("catalog", "Catalog", "Catálogo", "critical"),
    ("catalog-import", "Catalog import", "Importação de catálogo", "non-critical"),
    ("notifications", "Notifications", "Notificações", "non-critical"),
    ("email-delivery", "E-mail delivery", "Entrega de e-mails", "non-critical"),
    ("inventory", "Inventory", "Estoque", "critical"),
    ("logistics", "Logistics", "Logística", "non-critical"),
    ("identity", "Identity", "Identidade", "critical"),
    ("session-cache", "Session cache", "Cache de sessão", "critical"),
    ("task-queue", "Task queue", "Fila de tarefas", "non-critical"),
    ("order-import", "Order import", "Importação de pedidos", "non-critical"),
    ("billing", "Billing", "Faturamento", "non-critical"),
    ("reports", "Reports", "Relatórios", "non-critical"),
]
OWNERS = [f"role:{t}-{r}" for t in ("orders", "storage", "payments", "catalog", "platform") for r in ("tech-lead", "on-call", "sre")]
TEAMS = ["orders", "storage", "platform", "payments", "catalog"]

TITLES = [
    ("Interruption of the {s}", "Interrupção do serviço {p}"),
    ("Elevated error rate on {s}", "Taxa de erros elevada em {p}"),
    ("Delayed processing in {s}", "Processamento atrasado em {p}"),
    ("{s} unavailable after a deployment", "{p} indisponível após uma implantação"),
    ("Partial outage of {s} during a migration", "Interrupção parcial de {p} durante uma migração"),
    ("Data missing in {s}", "Dados ausentes em {p}"),
    ("Exhausted connection pool in {s}", "Pool de conexões esgotado em {p}"),
]
SUMMARY = [
    ("Between {h1} and {h2} UTC, requests to **{s}** failed or were slower than usual for about {pct}% of the customers.",
     "Entre {h1} e {h2} UTC, requisições para **{p}** falharam ou ficaram mais lentas que o normal para cerca de {pct}% dos clientes."),
    ("Orders kept being captured, but {s} did not show them until the backlog of {n} messages had been drained.",
     "Os pedidos continuaram sendo captados, mas {p} só os exibiu depois que a fila de {n} mensagens foi esvaziada."),
    ("The failure began right after a configuration change and was first reported by customers, not by our monitoring.",
     "A falha começou logo após uma mudança de configuração e foi relatada primeiro por clientes, e não pelo nosso monitoramento."),
    ("No data were lost; {n} records had to be reprocessed by hand, which took the {t} team several hours.",
     "Nenhum dado foi perdido; {n} registros tiveram de ser reprocessados manualmente, o que levou várias horas do time {t}."),
    ("Inventory syncing and shipment notices continued to work normally during the whole incident.",
     "A sincronização de estoque e os avisos de envio continuaram funcionando normalmente durante todo o incidente."),
]
CAUSE = [
    ("An index was rebuilt on the primary replica of `{s0}` without a limit on concurrent threads.",
     "Um índice foi reconstruído na réplica primária de `{s0}` sem limite de threads concorrentes."),
    ("The `order_id` column reached the largest value of its type, so every insert was treated as a duplicate.",
     "A coluna `order_id` atingiu o maior valor do seu tipo, e por isso toda inserção foi tratada como duplicada."),
    ("The wrong half of a blade server was restarted; the daemons came back without their settings.",
     "A metade errada de um servidor blade foi reiniciada; os daemons voltaram sem as suas configurações."),
    ("A new directory layout raised the look-up time on the shared file system by a factor of {k}.",
     "Uma nova estrutura de diretórios aumentou o tempo de busca no sistema de arquivos compartilhado em {k} vezes."),
    ("The retry policy of the client library multiplied the load {k} times while the service was recovering.",
     "A política de novas tentativas da biblioteca cliente multiplicou a carga por {k} enquanto o serviço se recuperava."),
    ("Health checks only covered the process, not its connection to the queue, see [the runbook](https://wiki.example.com/runbooks/{s0}).",
     "As verificações de saúde cobriam apenas o processo, e não a sua conexão com a fila, veja [o runbook](https://wiki.example.com/runbooks/{s0})."),
]
LESSONS = [
    ("Small interruptions that a restart *fixes* deserve a root-cause analysis too.",
     "Pequenas interrupções que um restart *resolve* também merecem uma análise de causa raiz."),
    ("A migration needs a rehearsal on a copy of production data.",
     "Uma migração precisa de um ensaio em uma cópia dos dados de produção."),
    ("Alerts must fire on the absence of traffic, not only on errors.",
     "Os alertas devem disparar na ausência de tráfego, e não apenas em erros."),
    ("The status page was updated {k} hours too late; publishing has to be part of the incident procedure.",
     "A página de status foi atualizada com {k} horas de atraso; publicar precisa fazer parte do procedimento de incidente."),
    ("Every restart of a production server must be **supervised** by a second person.",
     "Todo restart de um servidor de produção deve ser **supervisionado** por uma segunda pessoa."),
    ("Quality assurance has to cover the whole path from upload to import.",
     "O controle de qualidade deve cobrir todo o caminho, do envio à importação."),
]
EVENTS = [
    ("Error rate of {s} passes {pct}%; no alert fires.", "A taxa de erros de {p} passa de {pct}%; nenhum alerta dispara."),
    ("First customer report arrives at the support desk.", "O primeiro relato de cliente chega ao suporte."),
    ("On-call engineer restarts {k} instances of `{s0}` without effect.", "O engenheiro de plantão reinicia {k} instâncias de `{s0}`, sem efeito."),
    ("Incident channel opened, the {t} team joins.", "Canal do incidente aberto, o time {t} entra."),
    ("Read replicas promoted; load on the primary falls to {pct}%.", "Réplicas de leitura promovidas; a carga na primária cai para {pct}%."),
    ("Second migration attempt starts with new parameters.", "Começa a segunda tentativa de migração, com novos parâmetros."),
    ("Queue backlog peaks at {n} messages.", "O acúmulo na fila atinge o pico de {n} mensagens."),
    ("Rollback of the last deployment of {s} begins.", "Começa o rollback da última implantação de {p}."),
    ("Traffic shifted to the secondary region in steps of {k}%.", "Tráfego desviado para a região secundária em passos de {k}%."),
    ("New cluster is filled with the orders of the last 24 hours.", "O novo cluster é preenchido com os pedidos das últimas 24 horas."),
    ("Status page updated: monitoring.", "Página de status atualizada: monitorando."),
    ("Processing delay is back under one minute.", "O atraso de processamento volta a menos de um minuto."),
]
ACTIONS = [
    ("Alert when {s} receives no traffic for {k} minutes", "Alertar quando {p} ficar {k} minutos sem tráfego"),
    ("Rehearse the migration of `{s0}` on a production copy", "Ensaiar a migração de `{s0}` em uma cópia de produção"),
    ("Limit the number of retries in the client library", "Limitar o número de novas tentativas na biblioteca cliente"),
    ("Add a check of the import path to the release list", "Incluir uma verificação do caminho de importação na lista de release"),
    ("Split the {s} cluster by domain", "Separar o cluster de {p} por domínio"),
    ("Document the recovery order in the runbook", "Documentar a ordem de recuperação no runbook"),
    ("Change the key column to a 64-bit type", "Mudar a coluna-chave para um tipo de 64 bits"),
    ("Remove the single point of failure in the task queue", "Remover o ponto único de falha na fila de tarefas"),
    ("Publish the first status post within {k} minutes", "Publicar o primeiro post de status em até {k} minutos"),
    ("Review capacity of {s} before Black Friday", "Revisar a capacidade de {p} antes da Black Friday"),
]


STEPS = [  # key, title en, title pt
    ("restart-instances", "Restart the instances", "Reiniciar as instâncias"),
    ("roll-back-deployment", "Roll back the last deployment", "Reverter a última implantação"),
    ("shift-traffic", "Shift traffic to the second region", "Desviar o tráfego para a segunda região"),
    ("promote-replica", "Promote a read replica", "Promover uma réplica de leitura"),
    ("drain-queue", "Drain the queue in batches", "Esvaziar a fila em lotes"),
    ("enlarge-database", "Move the database to a larger server", "Mover o banco para um servidor maior"),
    ("rebuild-index", "Rebuild the index", "Reconstruir o índice"),
    ("disable-feature", "Switch the feature off", "Desligar a funcionalidade"),
]


def iso(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


def pair(rng, bank, ctx):
    en, pt = bank[rng.randrange(len(bank))]
    return {"en": en.format(**ctx), "pt-BR": pt.format(**ctx)}


def some(rng, bank, ctx, k):
    return [{"en": e.format(**ctx), "pt-BR": p.format(**ctx)} for e, p in rng.sample(bank, k)]


def states(i, n_span):
    """History of incident i as a list of (commit time, author, message, incident dict); the last one is final."""
    rng = random.Random(SEED * 1_000_003 + i)
    begin = START + dt.timedelta(minutes=rng.randrange(SPAN_DAYS * 1440))
    svcs = rng.sample(SERVICES, rng.choices([1, 2, 3], [60, 28, 12])[0])
    sid, sen, spt, _ = svcs[0]
    ctx = dict(s=sen, p=spt, s0=sid, pct=rng.randrange(2, 80), n=rng.randrange(200, 90000), k=rng.randrange(2, 30),
               t=rng.choice(TEAMS), h1="", h2="")
    n_ev = min(20, 6 + int(rng.expovariate(1 / 3.2)))
    impacts, last = [], begin
    for (s, _, _, cls) in svcs:
        st = begin + dt.timedelta(minutes=rng.randrange(0, 12))
        base = TARGET_MIN[cls]
        det = st + dt.timedelta(minutes=rng.randrange(1, max(3, int(base * 0.8))))
        rec = det + dt.timedelta(minutes=max(1, int(base * rng.lognormvariate(0.0, 0.9))))
        impacts.append({"service": s, "started_at": iso(st), "detected_at": iso(det), "recovered_at": iso(rec)})
        last = max(last, rec)
    # what the prose tells is what the record says
    ctx["h1"], ctx["h2"] = (impacts[0][k][11:16] for k in ("started_at", "recovered_at"))
    for m in impacts: m["effect"] = pair(rng, SUMMARY[:2], ctx)
    dur = max(30, int((last - begin).total_seconds() // 60))
    offs = sorted(rng.sample(range(dur + n_ev), n_ev))
    offs[0] = 0
    kinds = ["started", "detected"] + ["action", "update"] * 9 + ["recovered"]
    timeline = []
    for j, o in enumerate(offs):
        kind = "recovered" if j == n_ev - 1 else kinds[j]
        ev = {"at": iso(begin + dt.timedelta(minutes=o)), "kind": kind, **pair(rng, EVENTS, ctx)}
        if kind == "action":
            k = rng.randrange(len(STEPS))
            ev["step"] = dict(key=STEPS[k][0], title={"en": STEPS[k][1], "pt-BR": STEPS[k][2]}, took=rng.randrange(3, 240),
                              outcome=rng.choices(["worked", "partly", "no_effect", "failed", "worse"], [40, 20, 25, 10, 5])[0])
        timeline.append(ev)
    n_act = min(8, 2 + int(rng.expovariate(1 / 2.2)))
    acts, first = [], []
    for a, title in enumerate(some(rng, ACTIONS, ctx, n_act)):
        due = (begin + dt.timedelta(days=rng.randrange(7, 120))).date()
        acts.append({"id": f"A{a+1}", "title": title, "owner": rng.choice(OWNERS), "due": due.isoformat(), "status": "accepted", "created": last.date().isoformat(), "priority": rng.choice(["P0", "P1", "P1", "P2", "P2", "P3"]), "type": rng.choice(["prevent", "detect", "mitigate", "recover", "process"]), "team": rng.choice(TEAMS)})
    inc = {"id": f"{begin:%Y-%m-%d}-inc-{i:06d}", "title": pair(rng, TITLES, ctx), "severity": rng.choices(["sev1", "sev2", "sev3"], [1, 3, 6])[0],
           "status": "resolved", "authors": rng.sample(OWNERS, 2), "impacts": impacts,
           "summary": some(rng, SUMMARY, ctx, 3), "root_cause": some(rng, CAUSE, ctx, 2), "lessons": some(rng, LESSONS, ctx, rng.randrange(2, 4)),
           "timeline": timeline, "actions": acts}
    n_commits = min(20, 2 + int(rng.expovariate(1 / 7.0)))
    t = last + dt.timedelta(hours=rng.randrange(4, 60))
    hist = []
    cur = json.loads(json.dumps(inc))
    # first version: fewer lessons and one action less, both arrive later
    held_action = cur["actions"].pop()
    hist.append((t, rng.choice(inc["authors"]), f"{inc['id']}: first draft", json.loads(json.dumps(cur))))
    horizon = dt.datetime(2026, 11, 19)
    for c in range(1, n_commits):
        t = min(t + dt.timedelta(hours=rng.randrange(5, 24 * 21)), horizon)
        if c == 1:
            cur["status"] = "reviewed"; cur["actions"].append(held_action); msg = "publish, add follow-up"
        else:
            left = [x for x in cur["actions"] if x["status"] != "done"]
            a = rng.choice(left or cur["actions"]); r = rng.random()
            if r < 0.62 and a["status"] != "done":
                a["status"] = "in_progress" if a["status"] == "accepted" and rng.random() < 0.5 else "done"
                msg = f"{a['id']} is {a['status']}"
            elif r < 0.82 and a["status"] != "done":
                a["due"] = (dt.date.fromisoformat(a["due"]) + dt.timedelta(days=rng.randrange(7, 60))).isoformat(); msg = f"{a['id']} due {a['due']}"
            elif r < 0.92:
                a["owner"] = rng.choice(OWNERS); msg = f"{a['id']} to {a['owner']}"
            else:
                cur["lessons"][0]["en"] = cur["lessons"][0]["en"].rstrip(".") + " (reviewed)."; cur["lessons"][0]["pt-BR"] = cur["lessons"][0]["pt-BR"].rstrip(".") + " (revisado)."
                msg = "wording"
        if c == n_commits - 1 and c > 1 and rng.random() < 0.7:      # most incidents are closed out in the end
            for x in cur["actions"]: x["status"] = "done"
            msg = "close out"
        hist.append((t, rng.choice(OWNERS), f"{inc['id']}: {msg}", json.loads(json.dumps(cur))))
    return hist


def incident(i):
    return states(i, None)[-1][3]


def q(s):
    return json.dumps(s, ensure_ascii=False)


TYPES = {"started": "signal", "detected": "detection", "action": "step", "update": "note", "recovered": "recovery"}


def loc(w, pad, d):
    for l in ("en", "pt-BR"): w(f"{pad}{l}: {q(d[l])}")


def to_yaml(d):
    o = []
    w = o.append
    w("relato: 1"); w(f"id: {d['id']}"); w(f"status: {d['status']}"); w(f"severity: {d['severity'].upper()}"); w("timezone: UTC"); w("title:"); loc(w, "  ", d["title"])
    w("summary:")
    for l in ("en", "pt-BR"):
        w(f"  {l}: >-")
        for p in d["summary"]: w(f"    {p[l]}")
    w("impacts:")
    for m in d["impacts"]:
        w(f"  - service: {m['service']}"); w(f"    started: {m['started_at']}"); w(f"    detected: {m['detected_at']}"); w(f"    recovered: {m['recovered_at']}")
        w(f"    verified: {{at: {m['recovered_at']}, signal: requests_per_minute, source: monitor}}")
        w("    scope:"); loc(w, "      ", m["effect"])
        w("    detection: {source: monitor}"); w("    data: {loss: none, corruption: none, personal: none}")
    w("timeline:")
    for j, e in enumerate(d["timeline"]):
        w(f"  - id: e{j+1}"); w(f"    at: {e['at']}"); w(f"    type: {TYPES[e['kind']]}"); w("    text:"); loc(w, "      ", e)
        if "step" in e:
            t = e["step"]
            w("    step:"); w(f"      key: {t['key']}"); w("      intent: recover"); w("      title:"); loc(w, "        ", t["title"])
            w(f"      target: service:{d['impacts'][0]['service']}"); w("      changes_state: true"); w(f"      took: {t['took']}m"); w(f"      outcome: {t['outcome']}")
            w("      verify: {signal: requests_per_minute, within: 5m}"); w("      rollback: {how: {en: Undo it., pt-BR: Desfazer.}}")
            if t["outcome"] == "worse":
                w("      hazard:"); w("        level: danger"); w(f"        affects: [{d['impacts'][0]['service']}]"); w("        text:"); loc(w, "          ", e)
    w("causes:")
    for j, c in enumerate(d["root_cause"]):
        w(f"  - id: c{j+1}"); w(f"    role: {'root' if j == 0 else 'contributing'}"); w("    category: process"); w("    confidence: confirmed"); w("    evidence: [{kind: document, ref: review}]"); w("    text:"); loc(w, "      ", c)
    w("actions:")
    for j, a in enumerate(d["actions"]):
        w(f"  - id: {a['id']}"); w(f"    title: {{en: {q(a['title']['en'])}, pt-BR: {q(a['title']['pt-BR'])}}}")
        # of each incident one action makes recovery faster, as a missed target asks, and one keeps it from coming back
        addresses = ", ".join(["c1"] + (["c2"] + [m["service"] for m in d["impacts"]] if j < 2 else []))
        w(f"    type: {a['type'] if j > 1 else ('recover', 'prevent')[j]}"); w(f"    priority: {a['priority']}"); w(f"    owner: {a['owner']}"); w(f"    team: {a['team']}"); w(f"    created_on: {a['created']}")
        w("    done_when: {en: A drill shows it., pt-BR: Um ensaio o mostra.}"); w(f"    due: {a['due']}"); w(f"    status: {a['status']}"); w(f"    addresses: [{addresses}]")
        if a["status"] == "done": w(f"    done_on: {a['due']}"); w(f"    evidence: [{{kind: document, ref: review-{d['id']}, date: {a['due']}}}]")
    w("lessons:")
    for p in d["lessons"]:
        w(f"  - en: {q(p['en'])}"); w(f"    pt-BR: {q(p['pt-BR'])}")
    return "\n".join(o) + "\n"


def services_yaml():
    o = ["relato: 1", "teams:"]
    for t in TEAMS: o += [f"  {t}: {{name: {{en: {t.title()}, pt-BR: {t.title()}}}, timezone: UTC, accountable: role:{t}-tech-lead}}"]
    o += ["services:"]
    for s, en, pt, c in SERVICES:
        o += [f"  {s}:", f"    name: {{en: {q(en)}, pt-BR: {q(pt)}}}", f"    class: {c}", "    owner: team:platform", "    escalation: [{after: 30m, to: role:platform-tech-lead}]"]
    return "\n".join(o) + "\n"


RELATO = """relato: 1
org: {name: Bench, timezone: UTC, calendar: none, languages: [en, pt-BR], source_language: en}
"""


SVC = {s[0]: s for s in SERVICES}


def mins(a, b):
    f = "%Y-%m-%dT%H:%M:%SZ"
    return int((dt.datetime.strptime(b, f) - dt.datetime.strptime(a, f)).total_seconds() // 60)


def overdue(a):
    return a["status"] != "done" and dt.date.fromisoformat(a["due"]) < AS_OF


L10N = {"en": dict(sum="Summary", cause="Root cause", less="Lessons learned", imp="Impacts", tl="Timeline", act="Action items",
                   svc="Service", cls="Class", ttd="TTD (min)", ttr="TTR (min)", tgt="Target (min)", met="Met", yes="yes", no="no",
                   time="Time", what="Event", own="Owner", due="Due", st="Status", late="overdue"),
        "pt-BR": dict(sum="Resumo", cause="Causa raiz", less="Lições aprendidas", imp="Impactos", tl="Linha do tempo", act="Itens de ação",
                      svc="Serviço", cls="Classe", ttd="TTD (min)", ttr="TTR (min)", tgt="Meta (min)", met="Cumprida", yes="sim", no="não",
                      time="Hora", what="Evento", own="Responsável", due="Prazo", st="Estado", late="atrasado")}


def view(d, l):
    imps = []
    for m in d["impacts"]:
        s = SVC[m["service"]]; ttr = mins(m["started_at"], m["recovered_at"])
        imps.append(dict(service=s[1] if l == "en" else s[2], cls=s[3], ttd=mins(m["started_at"], m["detected_at"]), ttr=ttr,
                         target=TARGET_MIN[s[3]], met=ttr <= TARGET_MIN[s[3]], effect=m["effect"][l]))
    return imps


def body(d, l):
    x = L10N[l]
    return (f"## {x['sum']}\n\n" + " ".join(p[l] for p in d["summary"]) + f"\n\n## {x['cause']}\n\n" + " ".join(p[l] for p in d["root_cause"])
            + f"\n\n## {x['less']}\n\n" + "".join(f"- {p[l]}\n" for p in d["lessons"]))


def front(d, l, extra_head=(), indent="", extra=False):
    """structured YAML front matter (keys of the incident for one language); `extra` nests them for Zola"""
    o = ["---", f"title: {q(d['title'][l])}", f"date: {d['impacts'][0]['started_at']}"] + list(extra_head)
    if extra: o.append("extra:")
    p = "  " if extra else ""
    o += [f"{p}incident: {d['id']}", f"{p}severity: {d['severity']}", f"{p}state: {d['status']}", f"{p}authors: [{', '.join(d['authors'])}]", f"{p}impacts:"]
    for m in view(d, l):
        o += [f"{p}  - service: {q(m['service'])}", f"{p}    class: {m['cls']}", f"{p}    ttd: {m['ttd']}", f"{p}    ttr: {m['ttr']}", f"{p}    target: {m['target']}",
              f"{p}    met: {str(m['met']).lower()}", f"{p}    effect: {q(m['effect'])}"]
    o.append(f"{p}events:")
    for e in d["timeline"]:
        o += [f"{p}  - at: {q(e['at'])}", f"{p}    kind: {e['kind']}", f"{p}    text: {q(e[l])}"]
    o.append(f"{p}actions:")
    for a in d["actions"]:
        o += [f"{p}  - id: {a['id']}", f"{p}    title: {q(a['title'][l])}", f"{p}    owner: {a['owner']}", f"{p}    due: {q(a['due'])}", f"{p}    status: {a['status']}",
              f"{p}    overdue: {str(overdue(a)).lower()}"]
    o += ["---", "", body(d, l)]
    return "\n".join(o)


made = set()


def put(path, text):
    dn = os.path.dirname(path)
    if dn not in made:
        os.makedirs(dn, exist_ok=True); made.add(dn)
    with open(path, "w", encoding="utf-8") as f: f.write(text)


def rel(d, flat):
    return f"incidents/{d['id']}.yaml" if flat else f"incidents/{d['id'][:4]}/{d['id']}.yaml"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("kind", choices="workspace git expected hugo".split()); ap.add_argument("n", type=int); ap.add_argument("out"); ap.add_argument("--flat", action="store_true")
    ap.add_argument("--services", type=int, default=len(SERVICES), help="how many services there are: copies of the first ones, each under its own name")
    a = ap.parse_args(); out = a.out
    first = list(SERVICES)
    for k in range(len(first), a.services):
        s, en, pt, c = first[k % len(first)]; n = k // len(first) + 1
        SERVICES.append((f"{s}-{n}", f"{en} {n}", f"{pt} {n}", c)); SVC[SERVICES[-1][0]] = SERVICES[-1]
    os.makedirs(out, exist_ok=True)
    if a.kind == "workspace":
        put(f"{out}/services.yaml", services_yaml()); put(f"{out}/relato.yaml", RELATO); lines = size = 0
        for i in range(a.n):
            d = incident(i); t = to_yaml(d); lines += t.count("\n"); size += len(t.encode()); put(f"{out}/{rel(d, a.flat)}", t)
        print(f"{a.n} incidents, {lines/a.n:.1f} lines and {size/a.n:.0f} bytes on average, {size/1e6:.1f} MB")
    elif a.kind == "git":
        git(a)
    elif a.kind == "expected":
        od = tot = br = imp = 0
        for i in range(a.n):
            d = incident(i); tot += len(d["actions"]); od += sum(map(overdue, d["actions"])); v = view(d, "en"); imp += len(v); br += sum(not m["met"] for m in v)
        with open(f"{out}/expected.json", "w") as f: json.dump(dict(incidents=a.n, actions=tot, overdue=od, impacts=imp, breached=br, as_of=AS_OF.isoformat()), f)
    elif a.kind == "hugo":
        for i in range(a.n):
            d = incident(i); b = d["id"].lower()
            for l, s in (("en", "en"), ("pt-BR", "pt-br")): put(f"{out}/content/{s}/postmortems/{b}.md", front(d, l))


def git(a):
    """fast-import of the whole history, in time order; HEAD equals `gen.py workspace N` (same --flat)"""
    env = dict(os.environ, GIT_CONFIG_NOSYSTEM="1")
    subprocess.run(["git", "init", "-q", "-b", "main", a.out], check=True, env=env)
    evs = []
    for i in range(a.n):
        h = states(i, None)
        evs += [(t, i, k) for k, (t, *_ ) in enumerate(h)]
    evs.sort()
    p = subprocess.Popen(["git", "-C", a.out, "fast-import", "--quiet", "--depth=50"], stdin=subprocess.PIPE, env=env); w = p.stdin.write
    cache = {}; mark = 0; last = {}
    for i in range(a.n): last[i] = None
    def data(s):
        b = s.encode(); w(b"data %d\n" % len(b)); w(b); w(b"\n")
    t0 = int((START - dt.datetime(1970, 1, 1)).total_seconds())
    w(f"commit refs/heads/main\ncommitter ops <ops@example.com> {t0} +0000\n".encode()); data("service catalogue"); w(b"M 100644 inline services.yaml\n"); data(services_yaml()); w(b"M 100644 inline relato.yaml\n"); data(RELATO)
    n = 1
    batch_rng = random.Random(SEED)
    j = 0
    while j < len(evs):
        # about one commit in 25 is a review that touches several incidents at once
        take = batch_rng.randrange(3, 9) if batch_rng.random() < 0.04 else 1
        grp, seen = [], set()
        while j < len(evs) and len(grp) < take and evs[j][1] not in seen:
            grp.append(evs[j]); seen.add(evs[j][1]); j += 1
        t, i, k = grp[-1]
        ts = int((t - dt.datetime(1970, 1, 1)).total_seconds())
        for (_, i2, k2) in grp:
            if i2 not in cache: cache[i2] = states(i2, None)
        _, who, msg, _ = cache[i][k]
        if len(grp) > 1: msg = f"weekly review: {len(grp)} incidents"
        w(f"commit refs/heads/main\ncommitter {who[5:]} <{who[5:]}@example.com> {ts} +0000\n".encode()); data(msg)
        for (_, i2, k2) in grp:
            d = cache[i2][k2][3]
            w(f"M 100644 inline {rel(d, a.flat)}\n".encode()); data(to_yaml(d))
            if k2 == len(cache[i2]) - 1: del cache[i2]
        n += 1
    p.stdin.close()
    if p.wait(): sys.exit("fast-import failed")
    subprocess.run(["git", "-C", a.out, "reset", "-q", "--hard", "main"], check=True, env=env)
    print(f"{n} commits, {len(evs)} file versions")


if __name__ == "__main__":
    main()
