/** Whether a modal dialog is open somewhere in it: keys are the dialog's then, also where the focus is in none. */
export function isCovered(root: ParentNode): boolean {
  for (const each of root.querySelectorAll('*')) {
    if (each instanceof HTMLDialogElement && each.matches(':modal')) return true
    if (each.shadowRoot !== null && isCovered(each.shadowRoot)) return true
  }
  return false
}
