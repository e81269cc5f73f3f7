// Hovering or focusing a claim marks its evidence in the text.
"use strict";

const pieces = [...document.querySelectorAll("[data-marks]")].map((element) => ({
  element,
  marks: element.dataset.marks.split(" ").map((mark) => mark.split(":")),
}));

function show(claim) {
  for (const { element, marks } of pieces) {
    const roles = marks.filter(([number]) => number === claim).map(([, role]) => role);
    element.classList.toggle("evidence", roles.length > 0);
    element.classList.toggle("anchor", roles.includes("anchor"));
    element.title = roles.join(", ");
  }
}

for (const card of document.querySelectorAll("[data-claim]")) {
  const { claim } = card.dataset;
  card.addEventListener("mouseenter", () => show(claim));
  card.addEventListener("focus", () => show(claim));
  card.addEventListener("mouseleave", () => show(""));
}

const target = location.hash && document.getElementById(location.hash.slice(1));
if (target) {
  show(target.dataset.claim);
}
