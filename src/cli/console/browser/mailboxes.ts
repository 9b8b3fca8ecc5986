/** The eHealthBoxes: whose, which folders, what lies in them; a message as its addressee sees it. */
import type { MailboxView, MessageLine, MessageView, SealedOrClear } from '../contract.js'
import { get } from './api.js'
import { empty, facts, octets, table, textBox } from './boxes.js'
import { sendLetter } from './commands.js'
import { detailPane, markChosen } from './detail.js'
import { byId, fill, h, link, type Child } from './dom.js'
import { foreign } from './literally.js'
import { live } from './live.js'
import { refreshed } from './refresh.js'
import { currentRoute, type Section } from './routing.js'
import { walkRows } from './rows.js'
import { fullTime } from './times.js'

const list = byId('mailbox-list')
const detail = detailPane('mailboxes', () => 'mailboxes', loadMessage)
const { adopt } = walkRows(list)

export const mailboxesSection: Section = {
  name: 'mailboxes',
  title: 'Mailboxes',
  show: ({ item }) => {
    refresh()
    if (item === undefined) detail.close()
    else detail.open(item)
    markChosen(list, item)
  },
}

const refresh = refreshed('mailboxes', async () => {
  const boxes = await get<MailboxView[]>('mailboxes')
  const messages = boxes.flatMap(({ folders }) => folders.flatMap((folder) => folder.messages))
  fill(list, ...boxes.map(mailbox))
  markChosen(list, currentRoute().item)
  adopt()
  const place = byId('mailbox-empty')
  if (messages.length > 0 || live.state === undefined) place.replaceChildren()
  else fill(place, empty('No message lies anywhere yet. Send one, for instance:', sendLetter(live.state)))
})

function mailbox({ owner, quality, number, folders }: MailboxView): HTMLElement {
  const filled = folders.filter(({ messages }) => messages.length > 0)
  const bare = folders.filter(({ messages }) => messages.length === 0).map(({ name }) => name)
  return h(
    'section',
    { class: 'mailbox' },
    h('h3', {}, foreign(owner), ' ', h('span', { class: 'quiet' }, foreign(`${quality} ${number}`))),
    ...filled.flatMap(({ name, messages }) => [
      h('h4', {}, foreign(name), ' ', h('span', { class: 'quiet' }, String(messages.length))),
      h('ul', { class: 'rows' }, ...messages.map(messageRow)),
    ]),
    bare.length > 0 && h('p', { class: 'quiet' }, `Empty: ${bare.join(', ')}`),
  )
}

function messageRow(message: MessageLine): HTMLElement {
  return h(
    'li',
    {},
    link(
      `mailboxes/${encodeURIComponent(message.id)}`,
      {
        class: message.read ? 'row message' : 'row message unread',
        tabindex: '-1',
        'data-item': message.id,
        'data-key': `message ${message.id}`,
      },
      h(
        'span',
        { class: 'm-title' },
        h('strong', {}, foreign(message.title)),
        h('span', { class: 'quiet' }, foreign(message.sender)),
      ),
      h(
        'span',
        { class: 'm-tags' },
        h('span', { class: 'tag' }, foreign(message.type)),
        h('span', { class: 'tag' }, message.encrypted ? 'sealed' : 'clear'),
        h('span', { class: 'tag' }, message.read ? 'read' : 'unread'),
      ),
      h('time', { class: 'm-time', datetime: message.at, title: message.at }, fullTime(message.at)),
    ),
  )
}

async function loadMessage(id: string): Promise<{ title: Child; content: readonly Child[] }> {
  const message = await get<MessageView>(`mailboxes/message/${encodeURIComponent(id)}`)
  return {
    title: foreign(message.title),
    content: [
      facts(
        ['From', foreign(message.sender)],
        [
          'To',
          h('span', { class: 'values' }, ...message.addressees.map((one) => h('span', {}, foreign(one)))),
        ],
        ['Sent', fullTime(message.at)],
        ['Type', foreign(message.type)],
        ['State', `${message.encrypted ? 'sealed' : 'clear'}, ${message.read ? 'read' : 'unread'}`],
        ['ID', h('code', {}, foreign(message.id))],
      ),
      h(
        'section',
        {},
        h('h3', {}, 'Body'),
        ...(message.body === undefined
          ? [h('p', { class: 'quiet' }, 'There is none.')]
          : content('Body', message.body)),
      ),
      ...message.annexes.map((annex, index) =>
        h(
          'section',
          {},
          h('h3', {}, `Annex ${index + 1}: `, foreign(annex.title)),
          facts(['File', foreign(annex.fileName)], ['Type', foreign(annex.mimeType)]),
          ...content(`Annex ${index + 1}`, annex),
        ),
      ),
      message.metadata.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, 'Metadata'),
          table(
            'Metadata',
            ['Key', 'Value'],
            message.metadata.map(({ key, value }) => [foreign(key), foreign(value)]),
          ),
        ),
    ],
  }
}

function content(name: string, { octets: size, text, openedBy, problem }: SealedOrClear): readonly Child[] {
  const note =
    openedBy === undefined
      ? `clear, ${octets(size)}`
      : h('span', {}, 'opened with the key of ', foreign(openedBy), `, ${octets(size)}`)
  if (problem !== undefined)
    return [
      h(
        'p',
        { class: 'problem' },
        h('code', {}, foreign(problem.code)),
        ' ',
        foreign(problem.meaning),
        ` (${octets(size)})`,
      ),
    ]
  return [
    text === undefined ? h('p', { class: 'quiet' }, 'No text: ', note) : textBox(`${name}: text`, text, note),
  ]
}
