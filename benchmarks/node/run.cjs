// Runs the Node peers on the workload that benchmarks/peers.py wrote: node run.cjs WORKLOAD
// Prints one line of JSON: {"ajv": {"rate": n, "refused": n}, "@formio/core": {...}}
"use strict";
const fs = require("node:fs");
const work = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

function measure(check) {
  const run = () => {
    let refused = 0;
    for (const submission of work.submissions) if (check(submission)) refused += 1;
    return refused;
  };
  const refused = run();
  run();
  const began = process.cpuUsage();
  let rounds = 0;
  let spent = 0;
  while (spent < work.seconds * 1e6) {
    run();
    rounds += 1;
    const used = process.cpuUsage(began);
    spent = used.user + used.system;
  }
  return { rate: (rounds * work.submissions.length) / (spent / 1e6), refused };
}

function ajv() {
  const Ajv = require("ajv/dist/2020");
  const formats = require("ajv-formats");
  const engine = new Ajv({ allErrors: true, strict: false });
  formats(engine);
  const validate = engine.compile(work.schema);
  return measure((submission) => !validate(submission));
}

function formio() {
  const { processSync, ProcessTargets } = require("@formio/core");
  return measure((submission) => {
    const scope = { errors: [] };
    processSync({
      form: { components: work.components },
      components: work.components,
      data: { ...submission },
      processors: ProcessTargets.evaluator,
      scope,
      config: { server: true },
    });
    return scope.errors.length > 0;
  });
}

const found = {};
for (const [name, peer] of [["ajv", ajv], ["@formio/core", formio]]) {
  try {
    found[name] = peer();
  } catch (error) {
    found[name] = { failed: String(error) };
  }
}
console.log(JSON.stringify(found));
