// The page works without this: branches open after their answer, the length of a text is counted, and a form that is
// being sent is not sent twice.
'use strict';
for (const field of document.querySelectorAll('[data-after]')) {
  const show = () => {
    const chosen = document.querySelector(`input[name="${CSS.escape(field.dataset.after)}"]:checked`);
    // What is not asked is not sent, nor what follows from it.
    field.hidden = !(
      chosen &&
      !chosen.closest('fieldset').disabled &&
      field.dataset.for.split(' ').includes(chosen.value)
    );
    field.disabled = field.hidden;
  };
  document.addEventListener('change', show);
  show();
}
for (const text of document.querySelectorAll('textarea[maxlength]')) {
  const left = document.createElement('output');
  left.className = 'left';
  text.after(left);
  const count = () => {
    left.textContent = text.value ? `${text.value.length} / ${text.maxLength}` : '';
  };
  text.addEventListener('input', count);
  count();
}
for (const form of document.forms) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = 'yes';
  });
}
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});
