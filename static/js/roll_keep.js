// Has the phone keep the roll, so that it opens without a connection; settles when it can be filled.
import { forgetRolls } from "./forget_rolls.js";

const LONGEST_WAIT = 3000;

export async function keepRoll(form) {
  const workers = navigator.serviceWorker;
  if (!workers || !("caches" in window)) return;
  const here = new URL("./", new URL(form.dataset.rollKeeper, location)).pathname;
  const isNew = !workers.controller;
  const isHeld = new Promise((resolve) => workers.addEventListener("controllerchange", resolve));
  // A browser that keeps nothing (private window, full) still shows what it has.
  try {
    await forgetRolls(here);
    await workers.register(form.dataset.rollKeeper);
    if (isNew) await Promise.race([isHeld.then(() => fill(here)), wait(LONGEST_WAIT)]);
  } catch (problem) {
    console.info("The roll is not kept:", problem);
  }
}

// The first time the page came before there was anybody to keep it: it passes once more.
function fill(here) {
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  return Promise.all([here, ...[...parts].map((one) => one.href || one.src)].map((url) => fetch(url)));
}

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
