/** What comes with the code for calls, since it means nothing before: the first paint goes without. */
import './call.ts'
import './direct-call.ts'
import './ring-dialog.ts'
import './trouble-offer.ts'
