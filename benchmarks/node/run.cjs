// Runs the Node peers on the workload that benchmarks/peers.py wrote: node run.cjs WORKLOAD
// Prints one line of JSON: {"ajv": {"rate": n, "refused": n}, ...}
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
  let rate = 0;
  for (let slice = 0; slice < work.slices; slice += 1) {
    const began = process.cpuUsage();
    let rounds = 0;
    let spent = 0;
    while (spent < work.seconds * 1e6) {
      run();
      rounds += 1;
      const used = process.cpuUsage(began);
      spent = used.user + used.system;
    }
    rate = Math.max(rate, (rounds * work.submissions.length) / (spent / 1e6));
  }
  return { rate, refused };
}

function ajv() {
  const Ajv = require("ajv/dist/2020");
  const formats = require("ajv-formats");
  const engine = new Ajv({ allErrors: true, strict: false });
  formats(engine);
  const validate = engine.compile(work.schema);
  return measure((submission) => !validate(submission));
}

// The server of Form.io runs the targets `submission` and then `evaluator`; the second alone holds
// conditions, calculations and validation.
function formio(targets) {
  const { processSync, ProcessTargets } = require("@formio/core");
  return measure((submission) => {
    const scope = { errors: [] };
    const context = {
      form: { components: work.components },
      components: work.components,
      data: { ...submission },
      scope,
      config: { server: true },
    };
    for (const target of targets) {
      context.processors = ProcessTargets[target];
      processSync(context);
    }
    return scope.errors.length > 0;
  });
}

const found = {};
for (const [name, peer] of [
  ["ajv", ajv],
  ["evaluator", () => formio(["evaluator"])],
  ["server", () => formio(["submission", "evaluator"])],
]) {
  try {
    found[name] = peer();
  } catch (error) {
    found[name] = { failed: String(error) };
  }
}
console.log(JSON.stringify(found));
