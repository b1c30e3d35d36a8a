// Pan, zoom and details for a drawing. Without it the page still shows everything, one thing after another.
(() => {
  'use strict';
  const root = document.documentElement;
  const stage = document.querySelector('.stage');
  const sheet = document.querySelector('.sheet');
  const drawing = sheet.querySelector('svg');
  const panel = document.getElementById('details');
  const shown = document.querySelector('.tools output');
  const width = drawing.viewBox.baseVal.width;
  const height = drawing.viewBox.baseVal.height;
  root.classList.add('live');

  // the whole drawing in small, with a frame around what is on screen
  const overview = document.createElement('div');
  overview.className = 'overview';
  overview.setAttribute('aria-hidden', 'true');
  drawing.id ||= 'drawing';
  overview.innerHTML = '<div inert><svg><use/></svg></div><i></i>';
  overview.querySelector('svg').setAttribute('viewBox', `0 0 ${width} ${height}`);
  overview.querySelector('use').setAttribute('href', `#${drawing.id}`);
  overview.style.setProperty('--ratio', width / height);
  stage.after(overview);
  const pane = overview.querySelector('i');
  function follow() {
    const part = (from, size) => [Math.max(from, 0), Math.min(from + size, 1)];
    const [left, right] = part(-view.x / view.scale / width, stage.clientWidth / view.scale / width);
    const [top, bottom] = part(-view.y / view.scale / height, stage.clientHeight / view.scale / height);
    overview.hidden = right - left > 0.98 && bottom - top > 0.98;
    pane.style.cssText = `left:${left * 100}%;top:${top * 100}%;width:${(right - left) * 100}%;height:${(bottom - top) * 100}%`;
  }
  function look(event) {
    const box = overview.getBoundingClientRect();
    view.x = stage.clientWidth / 2 - (event.clientX - box.left) / box.width * width * view.scale;
    view.y = stage.clientHeight / 2 - (event.clientY - box.top) / box.height * height * view.scale;
    place();
  }
  overview.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    overview.setPointerCapture(event.pointerId);
    look(event);
  });
  overview.addEventListener('pointermove', (event) => { if (overview.hasPointerCapture(event.pointerId)) look(event); });

  const view = { x: 0, y: 0, scale: 1 };
  const fitting = () => Math.min(stage.clientWidth / width, stage.clientHeight / height);
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  function place() {
    // keep a strip of the drawing on screen, and centre it where it is smaller than the stage
    const keep = (offset, size, room) => size <= room ? (room - size) / 2 : clamp(offset, room - size - 48, 48);
    view.x = keep(view.x, width * view.scale, stage.clientWidth);
    view.y = keep(view.y, height * view.scale, stage.clientHeight);
    sheet.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    shown.textContent = `${Math.round(view.scale * 100)} %`;
    follow();
  }
  function glide(change) {
    sheet.classList.add('glide');
    change();
    place();
    setTimeout(() => sheet.classList.remove('glide'), 240);
  }
  function zoom(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    const scale = clamp(view.scale * factor, Math.min(fitting(), 1) * 0.9, 8);
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
  }
  const showAll = () => { view.scale = Math.min(fitting(), 2); view.x = view.y = 0; };
  function reveal(part) {
    const box = part.getBoundingClientRect();
    const room = stage.getBoundingClientRect();
    const inside = box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
    if (inside && view.scale > 0.4) return;
    glide(() => {
      const middle = (from, to, offset) => ((from + to) / 2 - offset) / view.scale;
      const x = middle(box.left, box.right, room.left + view.x);
      const y = middle(box.top, box.bottom, room.top + view.y);
      view.scale = Math.max(view.scale, 0.8);
      view.x = room.width / 2 - x * view.scale;
      view.y = room.height / 2 - y * view.scale;
    });
  }

  // pointers: one drags, two pinch
  const pointers = new Map();
  let travelled = 0;
  const spread = () => {
    const [first, second = first] = [...pointers.values()];
    return {
      x: (first.x + second.x) / 2, y: (first.y + second.y) / 2,
      apart: Math.hypot(first.x - second.x, first.y - second.y) || 1,
    };
  };
  stage.addEventListener('pointerdown', (event) => {
    if (event.button > 0) return;
    if (!pointers.size) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  addEventListener('pointermove', (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = spread();
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = spread();
    travelled += Math.hypot(after.x - before.x, after.y - before.y);
    if (travelled > 4) stage.classList.add('dragged');
    view.x += after.x - before.x;
    view.y += after.y - before.y;
    if (pointers.size > 1) {
      const room = stage.getBoundingClientRect();
      zoom(after.apart / before.apart, after.x - room.left, after.y - room.top);
      travelled += 5;
    }
    place();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (!pointers.size) stage.classList.remove('dragged');
    });
  }
  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    const step = event.deltaMode ? 24 : 1;
    if (!event.ctrlKey && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
      view.x -= (event.deltaX || event.deltaY) * step;
    } else {
      const room = stage.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * step * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX - room.left, event.clientY - room.top);
    }
    place();
  }, { passive: false });

  // details
  const cards = [...sheet.querySelectorAll('[role=button]')];
  const articles = [...panel.querySelectorAll('.detail')];
  const named = (node) => node && articles.find((one) => node.dataset[one.dataset.kind] === one.dataset.for);
  const cardOf = (article) => cards.find((card) => card.dataset[article.dataset.kind] === article.dataset.for);
  let chosen = null;
  function choose(article, moveFocus) {
    const left = chosen && cardOf(chosen);
    chosen = article;
    articles.forEach((one) => one.classList.toggle('chosen', one === article));
    cards.forEach((card) => card.setAttribute('aria-pressed', String(Boolean(article) && cardOf(article) === card)));
    panel.classList.toggle('some-chosen', Boolean(article));
    if (!article) { if (moveFocus && left) left.focus({ preventScroll: true }); return; }
    const card = cardOf(article);
    if (card) reveal(card);
    if (moveFocus) article.querySelector('h3').focus({ preventScroll: true });
    if (innerWidth <= 860 || moveFocus) panel.scrollIntoView({ block: 'nearest' });
    article.parentElement.closest('aside').scrollTop = 0;
  }
  stage.addEventListener('click', (event) => {
    if (travelled > 4) return;
    let node = event.target;
    while (node && node !== sheet) {
      const article = named(node);
      if (article) { choose(article, false); return; }
      node = node.parentElement;
    }
  });
  // a pointer that presses a card must not make the stage lose its keys
  cards.forEach((card) => card.addEventListener('focus', () => { if (card.matches(':focus-visible')) reveal(card); }));
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.matches('.close')) choose(null, true);
    if (button.dataset.kind) {
      const article = articles.find((one) => one.dataset.kind === button.dataset.kind && one.dataset.for === button.dataset.for);
      if (article) choose(article, true);
    }
    const act = {
      in: () => glide(() => zoom(1.3)), out: () => glide(() => zoom(1 / 1.3)), fit: () => glide(showAll),
      theme: () => {
        const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        root.dataset.theme = dark ? 'light' : 'dark';
      },
    }[button.dataset.act];
    if (act) act();
  });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && chosen) { choose(null, true); return; }
    if (!stage.contains(document.activeElement) && document.activeElement !== document.body) return;
    const card = document.activeElement.closest('[role=button]');
    if (card && (event.key === 'Enter' || event.key === ' ') && named(card)) {
      event.preventDefault();
      choose(named(card), true);
      return;
    }
    const act = {
      '+': () => zoom(1.3), '=': () => zoom(1.3), '-': () => zoom(1 / 1.3), 0: showAll,
      ArrowLeft: () => { view.x += 120; }, ArrowRight: () => { view.x -= 120; },
      ArrowUp: () => { view.y += 120; }, ArrowDown: () => { view.y -= 120; },
    }[event.key];
    if (act) { event.preventDefault(); glide(act); }
  });

  stage.scrollTo(0, 0);
  addEventListener('resize', place);
  // posters are wide: begin where the story begins, large enough to read
  view.scale = clamp(fitting(), innerWidth <= 860 ? 0.5 : 0.62, 1);
  view.x = view.y = 0;
  place();
})();
