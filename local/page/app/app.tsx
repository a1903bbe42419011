import { useEffect, useMemo, useState } from 'preact/hooks';
import { act } from './act.ts';
import { Chat } from './chat/chat.tsx';
import { ConversationList } from './chat/conversation-list.tsx';
import type { WorldView } from './follow-world.ts';
import type { Conversation, Model } from './model/model.ts';
import { Timeline } from './timeline/timeline.tsx';
import { type Notice, Notices } from './ui/notices.tsx';
import { PageContext, type PageTools } from './ui/page-context.ts';
import { type Pane, PaneTabs } from './ui/pane-tabs.tsx';
import { withNotices } from './ui/with-notices.ts';
import { Alerts } from './world/alerts.tsx';
import { TopBar } from './world/top-bar.tsx';

export function App({ world }: { readonly world: WorldView }) {
  const { model, connected } = world;
  const [chosen, choose] = useState(() => location.hash.slice(1));
  const [subject, select] = useState<string>();
  const [pane, show] = useState<Pane>('chat');
  const [notice, setNotice] = useState<Notice>();
  const tools = useMemo(() => createTools(model, setNotice), [model]);
  const conversation = model.conversations.get(chosen) ?? latest(model);

  // What is open stays open when something happens elsewhere.
  const current = model.caughtUp ? conversation?.sid : undefined;
  useEffect(() => {
    if (current === undefined) return;
    choose(current);
    history.replaceState(undefined, '', `#${current}`);
  }, [current]);

  const open = (sid: string) => {
    choose(sid);
    select(undefined);
    show('chat');
  };

  return (
    <PageContext.Provider value={tools}>
      <div class="page" data-pane={pane}>
        <TopBar />
        <Alerts connected={connected} />
        <main class="panes">
          <ConversationList current={conversation} onOpen={open} />
          <Chat
            key={conversation?.sid}
            conversation={conversation}
            selected={subject}
            onSelect={(sid) => {
              select(sid);
              if (sid !== undefined) show('timeline');
            }}
          />
          <Timeline conversation={conversation} selected={subject} onSelect={select} />
        </main>
        <Notices notice={notice} onClose={() => setNotice(undefined)} />
        <PaneTabs pane={pane} onShow={show} />
      </div>
    </PageContext.Provider>
  );
}

function latest({ conversations }: Model): Conversation | undefined {
  return [...conversations.values()].toSorted((a, b) => b.lastActivity - a.lastActivity)[0];
}

function createTools(model: Model, show: (notice: Notice) => void): PageTools {
  const now = () => (model.switches.frozen ? model.at : Date.now() + model.offset);
  return withNotices({ model, now, attempt: act }, show);
}
