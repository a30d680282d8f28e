"use strict";
// Pictures of the table beside them: its data- attributes are the only numbers. Without this file the table says it all.
(() => {
  const table = document.getElementById("measures"), frame = document.getElementById("charts");
  if (!table || !frame || typeof charts === "undefined") return;
  const rows = [...table.rows].map((row) => ({ name: row.dataset.name, severity: row.dataset.severity, box: row.dataset.box.split(" ").map(Number) }));
  frame.hidden = false;
  const drawn = [];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function look() {
    const probe = document.createElement("span");
    document.body.append(probe);
    const colour = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
    const found = { ink: colour("--ink"), soft: colour("--ink-soft"), line: colour("--line"), good: colour("--action"), bad: colour("--warn"), ground: colour("--busy-ground") };
    probe.remove();
    return found;
  }
  function draw() {
    while (drawn.length) drawn.pop().dispose();
    const see = look();
    const text = { color: see.ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 };
    const names = { type: "category", inverse: true, data: rows.map((row) => row.name), axisLabel: { ...text, width: frame.clientWidth < 500 ? 84 : 150, overflow: "truncate" }, axisLine: { lineStyle: { color: see.line } }, axisTick: { show: false } };
    const percent = { type: "value", splitNumber: 4, axisLabel: { ...text, formatter: "{value} %", hideOverlap: true }, splitLine: { lineStyle: { color: see.line } } };
    const base = { animation: !calm, textStyle: text, grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true }, yAxis: names };
    const tip = { trigger: "item", confine: true, backgroundColor: getComputedStyle(document.body).backgroundColor, textStyle: text };
    const far = Math.max(10, Math.ceil(Math.max(...rows.map((row) => Math.abs(Number(row.severity)))) / 10) * 10 + 10);
    const one = charts.init(document.getElementById("severity"), null, { renderer: "svg" });
    one.setOption({ ...base, tooltip: { ...tip, valueFormatter: (value) => `${value} %` }, xAxis: { ...percent, min: -far, max: far },
      series: [{ type: "bar", barMaxWidth: 28, data: rows.map((row) => ({ value: row.severity === "" ? null : Number(row.severity), label: { position: Number(row.severity) < 0 ? "left" : "right" }, itemStyle: { color: Number(row.severity) < 0 ? see.bad : see.good } })), label: { show: true, ...text }, markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: see.soft, type: "solid" }, data: [{ xAxis: 0 }] } }] });
    const two = charts.init(document.getElementById("spread"), null, { renderer: "svg" });
    two.setOption({ ...base, tooltip: tip, xAxis: { ...percent, min: 0, max: 100, interval: 25 },
      series: [{ type: "boxplot", boxWidth: [10, 28], itemStyle: { color: see.ground, borderColor: see.good, borderWidth: 2 }, data: rows.map((row) => row.box) }] });
    drawn.push(one, two);
  }
  draw();
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
