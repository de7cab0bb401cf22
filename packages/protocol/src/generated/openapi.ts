/** Generated from openapi.yaml by `npm run generate`. Do not edit. */

import type * as flow from "@alur/flow";
export interface paths {
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the host can answer */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/config": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /**
         * Everything a widget needs before it knows the visitor
         * @description Public and cacheable for 60 seconds; needs no custom header, so no preflight. Carries the zone tables and the host's clock.
         */
        get: operations["getWidgetConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/flows/{flowId}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        /**
         * One version of a flow as a visitor's browser may see it
         * @description Immutable; only versions that this inbox serves or served are answered.
         */
        get: operations["getPublicFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/visitors": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin as a visitor
         * @description Anonymous without `identity`; with it (a JWT HS256-signed by the site's backend with the inbox's identity key: `sub`, `exp` <= 1 h,
         *     optional `name`, `email`, `phone`, and `attributes` with strings) the verified visitor of that `sub`. The newest token decides: what
         *     it leaves out is not known any more. Called at the first open or send, never before.
         */
        post: operations["createVisitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/visitors/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for new tokens
         * @description Refresh tokens rotate. For 60 seconds after it was traded an old one gives the same successor again, also when that was used meanwhile, so that neither two tabs nor a lost answer lock a visitor out. As long as its successor was never used it is taken later as well, and those 60 seconds begin anew. Any other use of an old one ends the whole family.
         */
        post: operations["refreshVisitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/conversation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /**
         * The visitor's conversation as it stands now
         * @description A snapshot and the cursor at which the stream goes on, so that nothing falls between the two.
         */
        get: operations["getVisitorConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over one input of the visitor, exactly once
         * @description Idempotent by `id`: the same id with the same input answers the recorded result again (`replayed: true`), with another input 422 `id_reused`.
         *     `seq` is the number of the last acknowledged turn of this visitor + 1; a gap is 409 `sequence_gap` with `expected`. The host replays its own engine on its own
         *     stored run and records its own result; `effects` is a claim. An input is never dropped for a wrong claim.
         */
        post: operations["submitTurn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /**
         * Catch up from a cursor
         * @description With `wait` (seconds) the answer is held until there is something to say (long poll), for places where a stream cannot be had.
         */
        get: operations["listVisitorEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /**
         * The conversation's events as they happen (server-sent events)
         * @description Read with fetch, the token in the Authorization header. Starts after `Last-Event-ID` (header) or `after` (query). Frames: `hello` (StreamHello), `event` (Event, its cursor as the
         *     frame's id), `typing` (TypingSignal), `reset` (the cursor is unknown: take a new snapshot), `bye` (StreamBye: come back after `retryMs`). A comment every 15 s keeps the connection open.
         *     The stream ends with `bye` up to 30 s before the token expires: renew it and come back. It ends within 20 s after the token is revoked.
         */
        get: operations["streamVisitorEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell agents that the visitor is writing (kept nowhere) */
        post: operations["sendVisitorTyping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The visitor has seen everything up to a log number */
        post: operations["markVisitorRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how a session was
         * @description Idempotent by `id`: the same id with the same rating is taken once, with another one it is 422 `id_reused`. A session may be rated again under a new id, while it
         *     runs and afterwards; the last one stands. A session that the host never adopted means the visitor's newest one. Before the first turn there is nothing to rate: 422 `unknown_reference`.
         */
        post: operations["rateSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The visitor ends the session
         * @description Like resolving it: the visitor's next message opens the next session. Taken once for each `id`, so that a late repetition cannot end a session that was opened
         *     since. A session that has ended already, or a visitor who never wrote, changes nothing; a session that the host never adopted means the one that is open.
         */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file, to be said with a message
         * @description The body is the file itself, 1 byte to 10 MiB. Its type is decided by its content, never by what is claimed: one that is not on the host's list (`uploads.types` of the
         *     configuration) is 415 `unsupported_media`. Nobody but the visitor sees the file until a turn names it in `attachments`; one that no turn names within 24 hours is deleted.
         *
         *     Images are stored without metadata: no Exif (camera, place, time), XMP, IPTC or comments. They are turned as Exif says, and keep their colour profile. `size`, `width` and `height` of the answer
         *     are those of the stored file. An image that cannot be decoded is 415 `unsupported_media` as well. Other files are stored as they are.
         *
         *     A host may bound what it keeps: before the first turn of the visitor, for each visitor, inbox and account. Beyond that it answers 413 `quota_exceeded`.
         */
        post: operations["uploadAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/attachments/{attachmentId}": {
        parameters: {
            query?: {
                /** @description With `thumbnail`: the image with at most 640 pixels a side, in WebP, PNG or JPEG, the first frame of an animation. An image that is as small is given as it is. 404 for a file that has no thumbnail */
                size?: components["parameters"]["FileSize"];
            };
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        /**
         * A file of the visitor's own
         * @description Ask with the token in the header and show the bytes from memory; there is no address to put into an `img`.
         */
        get: operations["getVisitorAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /**
         * The visitor's conversation as plain text, to keep
         * @description Text only, never markup: who said what and when, files by name. At most the newest 5,000 messages; the text says so when there were more. As data the same stands in
         *     getVisitorConversation.
         */
        get: operations["getTranscript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/{inboxId}/visitor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase me
         * @description Deletes what is known of the visitor, everything that was said in the conversation and every file, and revokes the tokens: from then on they are 401 everywhere, apart from this
         *     call, which is 204 again. Streams are sent `reset` and end. Agents keep the emptied conversation, resolved, with its labels and handler and an `erased` event; its earlier cursors are 410.
         *     Counts that name nobody (statistics of flows) stay. It cannot be undone.
         */
        delete: operations["eraseVisitor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Flows of the account, most recently changed first */
        get: operations["listFlows"];
        put?: never;
        /**
         * Create a flow
         * @description With `flow` (an imported or duplicated document; its id is replaced) or with a lone Start Point. Version 1 is live unless the document has errors or `live` is false.
         */
        post: operations["createFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        /** A flow with its newest version */
        get: operations["getFlow"];
        put?: never;
        post?: never;
        /**
         * Delete a flow
         * @description Refused with 409 `in_use` (and the inboxes in `inboxes`) while an inbox has it selected. Sessions under way keep the version they began with. `baseVersion` is a query parameter
         *     here, because intermediaries drop the body of a DELETE; without it, `If-Match` decides.
         */
        delete: operations["deleteFlow"];
        options?: never;
        head?: never;
        /**
         * Rename a flow
         * @description The name belongs to the flow, not to a version: no version is made, and every version is served with the current name. Names the newest version like a save does
         *     (`baseVersion`, else `If-Match`).
         */
        patch: operations["renameFlow"];
        trace?: never;
    };
    "/v1/flows/{flowId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        /** Versions, newest first */
        get: operations["listFlowVersions"];
        put?: never;
        /**
         * Save a new, immutable version
         * @description `baseVersion` names the version that was changed. It decides when it is present, because intermediaries weaken, suffix and strip ETags. `If-Match` decides only without
         *     it; of its entity tag only the version counts (`W/"v3"` and `"v3-gzip"` are `"v3"`). Neither: 428. Not the newest version: 412 `version_conflict` whose problem carries
         *     `current` (the other version) so that nothing is lost. A save repeated with the same `saveId` returns the version it made; the same `saveId` with another content is 422
         *     `id_reused`. `flow.name` does not rename: `name` renames the flow with this save; a blank one is 400 `invalid_request`. Never refused for other problems of content: a version without errors becomes live at once (unless `live` is false), one with errors is kept as a draft and the answer says why.
         *     A document that does not parse, or whose own name is blank or longer than 100 characters, is 422 `flow_invalid` with `problems`.
         */
        post: operations["saveFlowVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        /** One version, whole */
        get: operations["getFlowVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save an older version's document as the newest
         * @description Under the same conditions as a save. The flow keeps its current name.
         */
        post: operations["restoreFlowVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        /**
         * How many runs came through each card
         * @description Counted from the ways that turns took (`path` events), by receipt; of all versions, or of one. A run is a session on this flow; one that comes through a card again counts once in
         *     `runs`. `corrected` counts turns. Erasing a visitor changes no count. Cards and branches that no run came through are left out.
         */
        get: operations["getFlowStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Inboxes of the account */
        get: operations["listInboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inboxes/{inboxId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        /** One inbox */
        get: operations["getInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Select the flow, change appearance, office hours, origins, AI agent
         * @description An id that does not exist (an empty one included) is 422 `unknown_reference`; only null selects none. A blank name, a member of `appearance` that the contract does not name, and a
         *     `fallbackContact` that is not safe to follow are 400 `invalid_request` with `fields`. A flow without a live version may be selected; until one is live the inbox behaves as if it had none. Only what is sent
         *     changes. `baseVersion` is optional: when it is present and the inbox has another `version`, nothing changes (412 `version_conflict`).
         */
        patch: operations["updateInbox"];
        trace?: never;
    };
    "/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labels */
        get: operations["listLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Human agents */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Deactivate an agent, or change how much it takes
         * @description `active: false` signs the agent out: its tokens are 401 and its streams end within seconds, it is no candidate any more, and conversations it handles go to another
         *     candidate or wait. Names stay in logs. `baseVersion` is optional.
         */
        patch: operations["updateAgent"];
        trace?: never;
    };
    "/v1/agents/{agentId}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Choose whether the agent takes conversations
         * @description An agent sets its own presence; it then holds while a stream of that agent (`streamAccountHints`) is live, and 2 minutes longer. An API key or an administrator sets
         *     anybody's; that holds until it is changed, or the agent opens a stream. An agent who comes online is given waiting conversations whose candidate it is, the longest
         *     waiting first, until it handles `maxOpen`.
         */
        put: operations["setAgentPresence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Teams and their members */
        get: operations["listTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ai-agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** AI agents */
        get: operations["listAiAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations, the last active first */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** One conversation */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /** The conversation's whole log, oldest first */
        get: operations["listConversationEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reply as a human agent
         * @description Idempotent by `id`. A reply while a run waits cancels the run (rule 12). The first reply to a conversation without a handler takes it.
         */
        post: operations["replyToConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/attachments/{attachmentId}": {
        parameters: {
            query?: {
                /** @description With `thumbnail`: the image with at most 640 pixels a side, in WebP, PNG or JPEG, the first frame of an animation. An image that is as small is given as it is. 404 for a file that has no thumbnail */
                size?: components["parameters"]["FileSize"];
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        /** A file that was said in the conversation */
        get: operations["getConversationAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the conversation to a human or an AI agent, or to nobody
         * @description With `ifUnassigned: true`, for an agent who takes a conversation: 409 `already_assigned` when another human agent handles it, with who that is in `handler`; nothing
         *     changes then. Without it, the last assignment stands.
         */
        post: operations["assignConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Replace the labels */
        put: operations["setConversationLabels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/collaborators": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Replace the collaborators */
        put: operations["setConversationCollaborators"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session; the visitor's next message starts the flow over */
        post: operations["resolveConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agents have seen everything up to a log number
         * @description Shown to the visitor as `readSeq` and as a `read` event. A reply does it by itself.
         */
        post: operations["markConversationRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the visitor that an agent is writing (kept nowhere) */
        post: operations["sendAgentTyping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed in the account, as hints (server-sent events)
         * @description Frames: `hello` (StreamHello), `hint` (LiveHint), `typing` (TypingSignal with its conversation), `bye`. Hints are not a log: after a reconnect, list again. The stream ends up to 30 s before its token expires, and within 20 s after the token or key is revoked.
         */
        get: operations["streamAccountHints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Id: string;
        /**
         * Format: date-time
         * @example 2026-11-22T09:00:00.000Z
         */
        Time: string;
        /** @description Cursor of the next page; null on the last */
        NextCursor: string | null;
        /**
         * @example {
         *       "status": "ok",
         *       "version": "0.1.0",
         *       "serverTime": "2026-11-22T09:00:00.000Z"
         *     }
         */
        Health: {
            /** @constant */
            status: "ok";
            version: string;
            serverTime: components["schemas"]["Time"];
        };
        /**
         * @description Stable words; the meaning of each is in the package's README
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "unauthenticated" | "token_expired" | "origin_not_allowed" | "scope_missing" | "not_found" | "request_timeout" | "inbox_type" | "in_use" | "already_assigned" | "sequence_gap" | "conversation_resolved" | "cursor_expired" | "version_conflict" | "precondition_required" | "too_large" | "quota_exceeded" | "unsupported_media" | "id_reused" | "flow_invalid" | "unknown_reference" | "rate_limited" | "internal" | "overloaded";
        /** @description RFC 9457 problem details. Members beyond these depend on the code (`expected`, `current`, `problems`, `inboxes`). */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
            code: components["schemas"]["ProblemCode"];
            requestId?: string;
            /** @description For `invalid_request`, what is wrong where */
            fields?: {
                path: string;
                message: string;
            }[];
            /** @description For `sequence_gap`: the number the host waits for */
            expected?: number;
            /** @description For `version_conflict`: the other version */
            current?: components["schemas"]["FlowDetail"];
            /** @description For `flow_invalid` */
            problems?: components["schemas"]["FlowProblem"][];
            /** @description For `in_use` */
            inboxes?: components["schemas"]["Reference"][];
            /** @description For `already_assigned`: who has it */
            handler?: components["schemas"]["Handler"];
        } & {
            [key: string]: unknown;
        };
        Reference: {
            id: components["schemas"]["Id"];
            name: string;
        };
        /**
         * @description The format of a flow document. There may be newer ones; a reader that does not know the format leaves evaluating to the host.
         * @enum {string}
         */
        FlowFormat: "alur.flow/1" | "alur.flow/2";
        /**
         * @description A flow document, format `alur.flow/2`; stored versions may still be `alur.flow/1`. Its parts are described by docs/flow-documents.md and, for validators, by the JSON Schema `@alur/flow/schema`; a host checks it with `parseFlow`.
         * @example {
         *       "format": "alur.flow/2",
         *       "id": "flow_hours",
         *       "name": "Jam kerja",
         *       "timeZone": "Asia/Jakarta",
         *       "cards": {
         *         "start": {
         *           "kind": "start",
         *           "next": [
         *             "hello"
         *           ]
         *         },
         *         "hello": {
         *           "kind": "message",
         *           "text": "Halo {{visitor.name|kak}}.",
         *           "next": [
         *             "team"
         *           ]
         *         },
         *         "team": {
         *           "kind": "assign-human",
         *           "agentIds": [],
         *           "teamIds": [
         *             "team_cs"
         *           ],
         *           "skipLastAiResponse": false,
         *           "next": []
         *         }
         *       }
         *     }
         */
        Flow: flow.Flow;
        /**
         * @description A flow as a visitor's browser may see it, without ids of labels, agents, teams and AI agents, webhook addresses, titles, notes and examples.
         * @example {
         *       "format": "alur.flow/2",
         *       "id": "flow_hours",
         *       "name": "Jam kerja",
         *       "timeZone": "Asia/Jakarta",
         *       "cards": {
         *         "start": {
         *           "kind": "start",
         *           "next": [
         *             "hello"
         *           ]
         *         },
         *         "hello": {
         *           "kind": "message",
         *           "text": "Halo {{visitor.name|kak}}.",
         *           "next": [
         *             "team"
         *           ]
         *         },
         *         "team": {
         *           "kind": "assign-human",
         *           "skipLastAiResponse": false,
         *           "next": []
         *         }
         *       }
         *     }
         */
        PublicFlow: flow.PublicFlow;
        /** @description Characters that show nothing (see rule 3 of the flow documents) alone are blank, and 400 `invalid_request` */
        FlowName: string;
        /** @description The version that was changed; 0: none existed. It decides when present, `If-Match` only without it */
        BaseVersion: number;
        /**
         * Format: uuid
         * @description Made once per save by the caller, kept when the save is repeated
         */
        SaveId: string;
        /** @description Raised by 1 with every change of the entry */
        EntryVersion: number;
        /**
         * @example {
         *       "code": "unfinished-path",
         *       "severity": "error",
         *       "cardId": "start",
         *       "path": "/cards/start/next",
         *       "message": "Nothing follows card \"start\"."
         *     }
         */
        FlowProblem: flow.Problem;
        /**
         * @example {
         *       "id": "flow_hours",
         *       "name": "Jam kerja",
         *       "version": 3,
         *       "live": 3,
         *       "errorCount": 0,
         *       "updatedAt": "2026-11-22T09:00:00.000Z",
         *       "inboxes": [
         *         {
         *           "id": "inbox_web",
         *           "name": "Toko"
         *         }
         *       ]
         *     }
         */
        FlowSummary: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["FlowName"];
            /** @description The newest version */
            version: number;
            /** @description The version that new sessions take; null when none is live */
            live: number | null;
            /** @description Errors in the newest version */
            errorCount: number;
            updatedAt: components["schemas"]["Time"];
            /** @description Inboxes that have it selected */
            inboxes: components["schemas"]["Reference"][];
        };
        /**
         * @example {
         *       "version": 3,
         *       "live": true,
         *       "errorCount": 0,
         *       "createdAt": "2026-11-22T09:00:00.000Z",
         *       "createdBy": "agt_budi"
         *     }
         */
        FlowVersionSummary: {
            version: number;
            live: boolean;
            errorCount: number;
            createdAt: components["schemas"]["Time"];
            /** @description The agent, or null for an API key */
            createdBy: string | null;
        };
        FlowVersion: {
            version: number;
            live: boolean;
            flow: components["schemas"]["Flow"];
            problems: components["schemas"]["FlowProblem"][];
            createdAt: components["schemas"]["Time"];
        };
        FlowDetail: {
            summary: components["schemas"]["FlowSummary"];
            newest: components["schemas"]["FlowVersion"];
        };
        /**
         * @example {
         *       "version": 4,
         *       "live": false,
         *       "problems": [
         *         {
         *           "code": "unfinished-path",
         *           "severity": "error",
         *           "cardId": "start",
         *           "path": "/cards/start/next",
         *           "message": "Nothing follows card \"start\"."
         *         }
         *       ]
         *     }
         */
        SavedVersion: {
            version: number;
            /** @description False when it has errors or was saved as a draft */
            live: boolean;
            problems: components["schemas"]["FlowProblem"][];
        };
        /**
         * @example {
         *       "runs": 41,
         *       "corrected": 1,
         *       "versions": [
         *         {
         *           "version": 3,
         *           "runs": 30
         *         },
         *         {
         *           "version": 2,
         *           "runs": 11
         *         }
         *       ],
         *       "cards": [
         *         {
         *           "cardId": "start",
         *           "runs": 41,
         *           "times": 41
         *         },
         *         {
         *           "cardId": "rest",
         *           "runs": 33,
         *           "times": 33
         *         },
         *         {
         *           "cardId": "ask",
         *           "runs": 33,
         *           "times": 37
         *         },
         *         {
         *           "cardId": "vip",
         *           "runs": 8,
         *           "times": 8
         *         }
         *       ]
         *     }
         */
        FlowStatistics: {
            /** @description Runs that took a step in this time */
            runs: number;
            /** @description Turns whose widget claimed other effects or another version than the host found, each once. The host's stand. Some come with a new version or a slow network; many that do not end mean a fault in an engine, or forged turns. Turns of another engine revision (`reason: revision`) do not count */
            corrected: number;
            /** @description Versions that these runs were on, newest first */
            versions: {
                version: number;
                runs: number;
            }[];
            /** @description Cards that were entered and branches that were taken, those of most runs first */
            cards: {
                cardId: components["schemas"]["Id"];
                /** @description Runs that came through it */
                runs: number;
                /** @description How often in all: a run may ask the same card again */
                times: number;
            }[];
        };
        /**
         * @example {
         *       "id": "lbl_order",
         *       "version": 1,
         *       "name": "Pesanan",
         *       "color": "#2f6fed"
         *     }
         */
        Label: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["EntryVersion"];
            name: string;
            color: string;
        };
        /**
         * @example {
         *       "id": "agt_budi",
         *       "version": 1,
         *       "name": "Budi",
         *       "online": true
         *     }
         */
        Agent: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["EntryVersion"];
            name: string;
            /** @description Whether distribution may choose this agent: it chose so, and its stream is live */
            online: boolean;
            /**
             * @description What the agent chose
             * @enum {string}
             */
            presence?: "online" | "away";
            /** @description False: deactivated, and no candidate. Default: true */
            active?: boolean;
            /** @description Distribution stops when the agent handles so many conversations. Default: 10 */
            maxOpen?: number;
            /** @description An https: address */
            avatarUrl?: string;
        };
        /**
         * @example {
         *       "active": false
         *     }
         */
        AgentUpdate: {
            baseVersion?: components["schemas"]["BaseVersion"];
            active?: boolean;
            maxOpen?: number;
        };
        /**
         * @example {
         *       "id": "team_cs",
         *       "version": 1,
         *       "name": "CS",
         *       "agentIds": [
         *         "agt_budi"
         *       ]
         *     }
         */
        Team: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["EntryVersion"];
            name: string;
            agentIds: components["schemas"]["Id"][];
        };
        /**
         * @example {
         *       "id": "ai_cs",
         *       "version": 1,
         *       "name": "Nara"
         *     }
         */
        AiAgent: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["EntryVersion"];
            name: string;
        };
        /** @enum {string} */
        InboxType: "web-livechat" | "whatsapp";
        /** @description How the widget looks; the element's own attributes win. */
        Appearance: {
            title?: string;
            /** @description Shown by the widget when a conversation has no message yet; never stored as a message */
            greeting?: string;
            accent?: string;
            /** @enum {string} */
            position?: "start" | "end";
            /** @description mailto:, tel: or https: address offered when the host cannot be reached; several are separated by spaces */
            fallbackContact?: string;
        };
        /**
         * @description When people answer, for the widget to say so. A range is read as a flow's time test is: `from <= t < to` on the wall clock of `timeZone`; `from` after `to` runs over midnight and
         *     belongs to the day on which it began; both the same is the whole day. Flows are not bound by it.
         * @example {
         *       "timeZone": "Asia/Jakarta",
         *       "ranges": [
         *         {
         *           "from": "09:00",
         *           "to": "17:00",
         *           "days": [
         *             1,
         *             2,
         *             3,
         *             4,
         *             5
         *           ]
         *         }
         *       ]
         *     }
         */
        OfficeHours: {
            /** @description An IANA zone */
            timeZone: string;
            ranges: {
                from: string;
                to: string;
                /** @description ISO weekdays, 1 is Monday. Default: all */
                days?: number[];
            }[];
        };
        /**
         * @example {
         *       "id": "inbox_web",
         *       "version": 1,
         *       "name": "Toko",
         *       "type": "web-livechat",
         *       "flowId": "flow_hours",
         *       "aiAgentId": "ai_cs",
         *       "agentIds": [
         *         "agt_budi"
         *       ],
         *       "teamIds": [
         *         "team_cs"
         *       ],
         *       "origins": [
         *         "https://shop.example"
         *       ],
         *       "appearance": {
         *         "title": "Toko",
         *         "greeting": "Halo! Ada yang bisa dibantu?",
         *         "accent": "#2f6fed",
         *         "position": "end"
         *       }
         *     }
         */
        Inbox: {
            id: components["schemas"]["Id"];
            version: components["schemas"]["EntryVersion"];
            name: string;
            type: components["schemas"]["InboxType"];
            flowId: string | null;
            /** @description The inbox's AI agent */
            aiAgentId: string | null;
            /** @description The inbox's own agents */
            agentIds: components["schemas"]["Id"][];
            teamIds: components["schemas"]["Id"][];
            /** @description Pages that may embed the widget, as exact origins; empty: any */
            origins: string[];
            appearance: components["schemas"]["Appearance"];
            /** @description Null or absent: the inbox keeps none */
            officeHours?: components["schemas"]["OfficeHours"] | null;
        };
        /**
         * @example {
         *       "flowId": "flow_hours"
         *     }
         */
        InboxUpdate: {
            baseVersion?: components["schemas"]["BaseVersion"];
            name?: string;
            flowId?: string | null;
            aiAgentId?: string | null;
            agentIds?: components["schemas"]["Id"][];
            teamIds?: components["schemas"]["Id"][];
            origins?: string[];
            appearance?: components["schemas"]["Appearance"];
            officeHours?: components["schemas"]["OfficeHours"] | null;
        };
        /**
         * @example {
         *       "inbox": {
         *         "id": "inbox_web",
         *         "name": "Toko"
         *       },
         *       "appearance": {
         *         "title": "Toko",
         *         "greeting": "Halo! Ada yang bisa dibantu?",
         *         "accent": "#2f6fed",
         *         "position": "end"
         *       },
         *       "flow": {
         *         "id": "flow_hours",
         *         "version": 3
         *       },
         *       "officeHours": [
         *         [
         *           1763953200000,
         *           1763982000000
         *         ],
         *         [
         *           1764039600000,
         *           1764068400000
         *         ]
         *       ],
         *       "uploads": {
         *         "maxBytes": 10485760,
         *         "types": [
         *           "image/png",
         *           "image/jpeg",
         *           "application/pdf"
         *         ]
         *       },
         *       "zones": {
         *         "Asia/Jakarta": [
         *           [
         *             1763769600000,
         *             420
         *           ]
         *         ]
         *       },
         *       "serverTime": "2026-11-22T09:00:00.000Z"
         *     }
         */
        WidgetConfig: {
            inbox: {
                id: components["schemas"]["Id"];
                name: string;
            };
            appearance: components["schemas"]["Appearance"];
            /** @description The live version that new sessions take; null when the inbox has none */
            flow: components["schemas"]["FlowPin"] | null;
            /** @description When people answer, for the next 14 days at least: `[fromUtcMs, toUtcMs]`, merged, earliest first. Compare with the host's clock. Absent: the inbox keeps no office hours. */
            officeHours?: number[][];
            /** @description What files this host takes; absent: none */
            uploads?: {
                maxBytes: number;
                /** @description Media types */
                types: string[];
            };
            /** @description Zone tables of that flow for 400 days: zone name to [[fromUtcMs, offsetMinutes], …] */
            zones: {
                [key: string]: number[][];
            };
            serverTime: components["schemas"]["Time"];
        };
        FlowPin: {
            id: components["schemas"]["Id"];
            version: number;
        };
        /** @example {} */
        CreateVisitor: {
            identity?: string;
        };
        /**
         * @example {
         *       "visitorId": "vis_5kT0q",
         *       "verified": false,
         *       "token": "eyJhbGciOi…",
         *       "refreshToken": "r_8sJw2…",
         *       "expiresIn": 900,
         *       "serverTime": "2026-11-22T09:00:00.000Z"
         *     }
         */
        VisitorSession: {
            visitorId: components["schemas"]["Id"];
            verified?: boolean;
            token: string;
            refreshToken: string;
            /** @description Seconds until `token` stops working */
            expiresIn: number;
            serverTime: components["schemas"]["Time"];
        };
        /**
         * @description What is known about a visitor. In a turn these are claims of the page and of the visitor, and unverified. In a run, the `name`, `email` and
         *     `phone` of a verified visitor come only from the identity token; a host ignores them in a turn.
         * @example {
         *       "visitor": {
         *         "name": "Ayu",
         *         "attributes": {
         *           "plan": "pro"
         *         }
         *       }
         *     }
         */
        Facts: {
            visitor?: {
                /** @description Ignored in the turn of a verified visitor */
                name?: string;
                /** @description Ignored in the turn of a verified visitor */
                email?: string;
                /** @description Ignored in the turn of a verified visitor */
                phone?: string;
                /** @description Language tag (BCP 47) of the words that the visitor sees, such as `pt-BR`. It chooses among a flow's `texts`, `labels` and `imageUrls`, and is frozen with the run. A claim, unverified. */
                language?: string;
                /** @description Claims of the page, unverified, also for a verified visitor. An attribute of the identity token wins over a claim under the same key. */
                attributes?: {
                    [key: string]: string;
                };
            };
            inbox?: {
                name?: string;
            };
        };
        VisitorInput: flow.VisitorInput;
        MessageInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "message";
            id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            /** @description '' when only attachments. Blank (white space and characters that show nothing, see rule 3 of the flow documents) without attachments is 400 `invalid_request` with the field `/input/text` */
            text: string;
            /** @description Files that this visitor has uploaded; another id is 422 `unknown_reference`, and nothing is stored */
            attachments?: {
                id: components["schemas"]["Id"];
            }[];
        };
        PressInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "press";
            id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            cardId: components["schemas"]["Id"];
            buttonId: components["schemas"]["Id"];
        };
        /** @description An effect as a visitor may see it; see docs/flow-documents.md. Effects without anything to show are `{ kind, cardId }`. */
        PublicEffect: flow.PublicEffect;
        Button: {
            id: components["schemas"]["Id"];
            label: string;
        };
        FlowRun: flow.FlowRun;
        /**
         * @example {
         *       "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *       "session": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *       "seq": 1,
         *       "input": {
         *         "kind": "message",
         *         "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *         "at": "2026-11-22T09:00:00.000Z",
         *         "text": "halo"
         *       },
         *       "sentAt": "2026-11-22T09:00:00.000Z",
         *       "flow": {
         *         "id": "flow_hours",
         *         "version": 3
         *       },
         *       "effects": [
         *         {
         *           "kind": "send-buttons",
         *           "cardId": "ask",
         *           "text": "Halo Ayu, ada yang bisa dibantu?",
         *           "buttons": [
         *             {
         *               "id": "order",
         *               "label": "Pesanan"
         *             },
         *             {
         *               "id": "other",
         *               "label": "Lainnya"
         *             }
         *           ]
         *         }
         *       ],
         *       "engineRevision": 2,
         *       "facts": {
         *         "visitor": {
         *           "name": "Ayu"
         *         }
         *       }
         *     }
         */
        Turn: {
            /** @description The input's id, a UUIDv7 made when it was queued */
            id: components["schemas"]["Id"];
            /** @description The session the widget believes in; minted with the opening turn */
            session: components["schemas"]["Id"];
            seq: number;
            input: components["schemas"]["VisitorInput"];
            /** @description The visitor's clock when this attempt was sent; only its difference to input.at is used */
            sentAt?: components["schemas"]["Time"];
            flow?: components["schemas"]["FlowPin"] | null;
            effects?: components["schemas"]["PublicEffect"][];
            /** @description The revision of the engine that computed `effects`. Widgets before 1.1 do not name it; it counts as 1 */
            engineRevision?: number;
            facts?: components["schemas"]["Facts"];
        };
        /**
         * @description Why a claim is `corrected` although neither side is at fault. `revision`: the effects differ, and the widget ran another engine revision than the host. Such a turn does not count in `corrected` of the statistics
         * @enum {string}
         */
        CorrectionReason: "revision";
        Session: {
            id: components["schemas"]["Id"];
            number: number;
            /** @enum {string} */
            status: "open" | "resolved";
            flow: components["schemas"]["FlowPin"] | null;
        };
        /**
         * @example {
         *       "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *       "seq": 1,
         *       "replayed": false,
         *       "verdict": "equal",
         *       "usedAt": "2026-11-22T09:00:00.000Z",
         *       "session": {
         *         "id": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *         "number": 1,
         *         "status": "open",
         *         "flow": {
         *           "id": "flow_hours",
         *           "version": 3
         *         }
         *       },
         *       "run": {
         *         "status": "waiting",
         *         "waitingAt": "ask",
         *         "first": {
         *           "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "text": "halo"
         *         },
         *         "facts": {
         *           "visitor": {
         *             "name": "Ayu"
         *           }
         *         }
         *       },
         *       "effects": [
         *         {
         *           "kind": "send-buttons",
         *           "cardId": "ask",
         *           "text": "Halo Ayu, ada yang bisa dibantu?",
         *           "buttons": [
         *             {
         *               "id": "order",
         *               "label": "Pesanan"
         *             },
         *             {
         *               "id": "other",
         *               "label": "Lainnya"
         *             }
         *           ]
         *         }
         *       ],
         *       "cursor": "e_q3Zk.5"
         *     }
         */
        TurnResult: {
            turnId: components["schemas"]["Id"];
            /** @description The last acknowledged turn of this visitor */
            seq: number;
            /** @description True when this turn had been stored before */
            replayed: boolean;
            /**
             * @description `equal`: the claim was right; `corrected`: the host's effects differ and stand; `unclaimed`: the turn carried no effects
             * @enum {string}
             */
            verdict: "equal" | "corrected" | "unclaimed";
            reason?: components["schemas"]["CorrectionReason"];
            /** @description The time the engine used for this input */
            usedAt: components["schemas"]["Time"];
            session: components["schemas"]["Session"];
            run: components["schemas"]["FlowRun"];
            effects: components["schemas"]["PublicEffect"][];
            /** @description Cursor of the last event this turn wrote */
            cursor: string;
        };
        /**
         * @example {
         *       "session": {
         *         "id": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *         "number": 1,
         *         "status": "open",
         *         "flow": {
         *           "id": "flow_hours",
         *           "version": 3
         *         }
         *       },
         *       "run": {
         *         "status": "waiting",
         *         "waitingAt": "ask",
         *         "first": {
         *           "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "text": "halo"
         *         },
         *         "facts": {
         *           "visitor": {
         *             "name": "Ayu"
         *           }
         *         }
         *       },
         *       "seq": 1,
         *       "messages": [
         *         {
         *           "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *           "seq": 2,
         *           "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "author": {
         *             "kind": "visitor"
         *           },
         *           "text": "halo",
         *           "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f"
         *         },
         *         {
         *           "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f.0",
         *           "seq": 5,
         *           "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "author": {
         *             "kind": "bot"
         *           },
         *           "text": "Halo Ayu, ada yang bisa dibantu?",
         *           "buttons": [
         *             {
         *               "id": "order",
         *               "label": "Pesanan"
         *             },
         *             {
         *               "id": "other",
         *               "label": "Lainnya"
         *             }
         *           ],
         *           "cardId": "ask",
         *           "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *           "effectIndex": 0
         *         }
         *       ],
         *       "more": false,
         *       "cursor": "e_q3Zk.5",
         *       "logSeq": 5,
         *       "unread": 0,
         *       "readSeq": 0,
         *       "handler": null,
         *       "serverTime": "2026-11-22T09:00:00.000Z"
         *     }
         */
        VisitorConversation: {
            session: components["schemas"]["Session"] | null;
            run: components["schemas"]["FlowRun"] | null;
            /** @description The last acknowledged turn of this visitor */
            seq: number;
            /** @description Oldest first */
            messages: components["schemas"]["Message"][];
            /** @description Whether older messages exist */
            more: boolean;
            cursor: string;
            /** @description Log number up to which this snapshot tells; events after it have higher ones. It tells an answer that was long on its way from a newer one */
            logSeq: number;
            /** @description Messages of others after what the visitor has read */
            unread: number;
            /** @description Up to where agents have read */
            readSeq?: number;
            handler: components["schemas"]["PublicHandler"] | null;
            /** @description How the visitor rated `session`; absent: not yet */
            rating?: components["schemas"]["Rating"];
            serverTime: components["schemas"]["Time"];
        };
        /**
         * @example {
         *       "id": "01939c2f-1b40-7d02-a1c3-9e8d7c6b5a49",
         *       "session": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *       "score": 5,
         *       "comment": "Cepat sekali, terima kasih."
         *     }
         */
        RateSession: {
            /** @description A UUIDv7 made when it was queued; never changes */
            id: components["schemas"]["Id"];
            /** @description The session the widget believes in */
            session: components["schemas"]["Id"];
            /** @description 5 is best */
            score: number;
            /** @description Plain text */
            comment?: string;
        };
        /**
         * @example {
         *       "id": "01939c2f-0a10-7b1e-8f00-2d3c4b5a6978",
         *       "session": "01939c2e-79ff-7a10-8b1c-5d6e7f809102"
         *     }
         */
        EndSession: {
            /** @description A UUIDv7 made when it was queued; never changes */
            id: components["schemas"]["Id"];
            /** @description The session the widget believes in */
            session: components["schemas"]["Id"];
        };
        /**
         * @description How the visitor found a session
         * @example {
         *       "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *       "score": 5,
         *       "comment": "Cepat sekali, terima kasih.",
         *       "at": "2026-11-22T09:12:00.000Z"
         *     }
         */
        Rating: {
            sessionId: components["schemas"]["Id"];
            /** @description 5 is best */
            score: number;
            /** @description Plain text, as the visitor wrote it */
            comment?: string;
            at: components["schemas"]["Time"];
        };
        /**
         * @description A file. Its bytes are got from the door of whoever asks.
         * @example {
         *       "id": "att_9sKc2Vw0",
         *       "name": "struk.png",
         *       "type": "image/png",
         *       "size": 48213,
         *       "width": 1170,
         *       "height": 2532
         *     }
         */
        Attachment: {
            id: components["schemas"]["Id"];
            /** @description Harmless, and with the ending that belongs to the type */
            name: string;
            /** @description Media type, decided by the content */
            type: string;
            /** @description Bytes, of the file as it is stored */
            size: number;
            /** @description Of an image as it is shown, in pixels */
            width?: number;
            height?: number;
        };
        /** Format: binary */
        FileContent: string;
        /** @description Who answers now, as the visitor may know it */
        PublicHandler: {
            /** @enum {string} */
            kind: "agent" | "ai";
            name: string;
            /** @description An https: address */
            avatarUrl?: string;
        };
        Author: {
            /** @enum {string} */
            kind: "visitor" | "bot" | "ai" | "agent";
            /** @description Not sent to visitors */
            id?: string;
            name?: string;
            /** @description An https: address */
            avatarUrl?: string;
        };
        /**
         * @example {
         *       "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f.0",
         *       "seq": 5,
         *       "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *       "at": "2026-11-22T09:00:00.000Z",
         *       "author": {
         *         "kind": "bot"
         *       },
         *       "text": "Halo Ayu, ada yang bisa dibantu?",
         *       "buttons": [
         *         {
         *           "id": "order",
         *           "label": "Pesanan"
         *         },
         *         {
         *           "id": "other",
         *           "label": "Lainnya"
         *         }
         *       ],
         *       "cardId": "ask",
         *       "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *       "effectIndex": 0
         *     }
         */
        Message: {
            /** @description A visitor message has its turn's id; a bot message `turnId.effectIndex` */
            id: string;
            /** @description Its number in the conversation's log */
            seq: number;
            sessionId: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            author: components["schemas"]["Author"];
            text: string;
            imageUrl?: string;
            buttons?: components["schemas"]["Button"][];
            /** @description The flow card that spoke */
            cardId?: string;
            /** @description The turn that caused it */
            turnId?: string;
            effectIndex?: number;
            /** @description Set on a visitor message that is a press of a button */
            pressed?: {
                cardId: string;
                buttonId: string;
            };
            attachments?: components["schemas"]["Attachment"][];
        };
        /** @description One entry of a conversation's log. Visitors are sent only the types marked (visitor), so their `seq` grows but has holes. */
        Event: components["schemas"]["MessageEvent"] | components["schemas"]["SessionEvent"] | components["schemas"]["RunEvent"] | components["schemas"]["StatusEvent"] | components["schemas"]["HandlerEvent"] | components["schemas"]["ReadEvent"] | components["schemas"]["RatingEvent"] | components["schemas"]["LabelsEvent"] | components["schemas"]["CollaboratorsEvent"] | components["schemas"]["PathEvent"] | components["schemas"]["WebhookEvent"] | components["schemas"]["FaultEvent"] | components["schemas"]["ErasedEvent"];
        EventBase: {
            seq: number;
            /** @description Opaque; give it back as `after` */
            cursor: string;
            at: components["schemas"]["Time"];
            sessionId: components["schemas"]["Id"];
        };
        /** @description (visitor) Somebody said something */
        MessageEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "message";
            message: components["schemas"]["Message"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "message";
        };
        /** @description (visitor) A session was opened or resolved */
        SessionEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "session";
            session: components["schemas"]["Session"];
            /** @description The agent who resolved it; not sent to visitors */
            by?: string | null;
            /**
             * @description Which side ended a resolved session
             * @enum {string}
             */
            endedBy?: "agent" | "visitor";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "session";
        };
        /** @description (visitor) The flow run of the session changed (after a turn, or cancelled because a human stepped in) */
        RunEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "run";
            run: components["schemas"]["FlowRun"];
            turnId?: string;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run";
        };
        /** @description The conversation's status changed */
        StatusEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "status";
            status: components["schemas"]["ConversationStatus"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "status";
        };
        /** @description (visitor, without ids) Who handles the conversation changed */
        HandlerEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "handler";
            handler: components["schemas"]["Handler"] | components["schemas"]["PublicHandler"] | null;
            /** @description Who could have been chosen; not sent to visitors */
            candidates?: components["schemas"]["Collaborators"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "handler";
        };
        /** @description (visitor) One side has seen everything up to `upTo` */
        ReadEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "read";
            /** @enum {string} */
            by: "visitor" | "agent";
            upTo: number;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "read";
        };
        /** @description (visitor) The visitor rated the session `sessionId`; a later one of the same session takes its place */
        RatingEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "rating";
            rating: components["schemas"]["Rating"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rating";
        };
        /** @description Labels were added or removed */
        LabelsEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "labels";
            added: string[];
            removed: string[];
            /** @description The card that did it */
            cardId?: string;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "labels";
        };
        /** @description Collaborators were added or removed */
        CollaboratorsEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "collaborators";
            added: components["schemas"]["Collaborators"];
            removed: components["schemas"]["Collaborators"];
            cardId?: string;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "collaborators";
        };
        /** @description The way one turn took through the flow */
        PathEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "path";
            turnId: string;
            flow?: components["schemas"]["FlowPin"] | null;
            /** @enum {string} */
            verdict: "equal" | "corrected" | "unclaimed";
            reason?: components["schemas"]["CorrectionReason"];
            /**
             * @description A `why` that quotes what the visitor wrote (`keyword`, `no-keyword`, `typed-label`, `typed-number`, `typed-other`) and has no `text` has the text of the last such `why`
             *     before it that has one: many branches ask the same message. `unpackTrace` of `@alur/flow` fills it in.
             */
            trace: {
                cardId: string;
                /** @enum {string} */
                outcome: "entered" | "matched" | "not-matched" | "not-asked";
                why?: {
                    [key: string]: unknown;
                };
            }[];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "path";
        };
        /** @description A webhook card's call was made, or given up */
        WebhookEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "webhook";
            cardId: string;
            /** @enum {string} */
            outcome: "delivered" | "failed";
            detail?: string;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "webhook";
        };
        /** @description Something could not be done as the flow or a setting says (a directory id that is gone, a broken flow, an AI agent that fails); the conversation went on without it */
        FaultEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "fault";
            code: string;
            message: string;
            cardId?: string;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "fault";
        };
        /** @description The visitor had everything erased; the log begins anew here, its numbers go on */
        ErasedEvent: components["schemas"]["EventBase"] & {
            /** @constant */
            type: "erased";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "erased";
        };
        /**
         * @example {
         *       "events": [
         *         {
         *           "seq": 5,
         *           "cursor": "e_q3Zk.5",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *           "type": "message",
         *           "message": {
         *             "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f.0",
         *             "seq": 5,
         *             "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *             "at": "2026-11-22T09:00:00.000Z",
         *             "author": {
         *               "kind": "bot"
         *             },
         *             "text": "Halo Ayu, ada yang bisa dibantu?",
         *             "buttons": [
         *               {
         *                 "id": "order",
         *                 "label": "Pesanan"
         *               },
         *               {
         *                 "id": "other",
         *                 "label": "Lainnya"
         *               }
         *             ],
         *             "cardId": "ask",
         *             "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *             "effectIndex": 0
         *           }
         *         }
         *       ],
         *       "cursor": "e_q3Zk.5",
         *       "more": false
         *     }
         */
        EventPage: {
            events: components["schemas"]["Event"][];
            /** @description Cursor after the last event of this page */
            cursor: string;
            more: boolean;
        };
        /**
         * @example {
         *       "cursor": "e_q3Zk.5",
         *       "serverTime": "2026-11-22T09:00:00.000Z",
         *       "heartbeatSeconds": 15
         *     }
         */
        StreamHello: {
            cursor: string;
            serverTime: components["schemas"]["Time"];
            heartbeatSeconds: number;
        };
        /**
         * @example {
         *       "retryMs": 1500
         *     }
         */
        StreamBye: {
            retryMs: number;
        };
        /**
         * @example {
         *       "by": "agent",
         *       "name": "Budi"
         *     }
         */
        TypingSignal: {
            /** @enum {string} */
            by: "visitor" | "agent" | "ai";
            name?: string;
            /** @description On the account's feed only */
            conversationId?: string;
            /** @description False: stopped writing. Absent: true */
            active?: boolean;
        };
        /**
         * @example {
         *       "conversationId": "con_1vFGcz",
         *       "seq": 5
         *     }
         */
        LiveHint: {
            conversationId: components["schemas"]["Id"];
            seq: number;
        };
        /** @enum {string} */
        ConversationStatus: "open" | "pending" | "assigned" | "resolved";
        Handler: {
            /** @enum {string} */
            kind: "agent" | "ai";
            id: components["schemas"]["Id"];
            name: string;
        };
        /**
         * @example {
         *       "agentIds": [
         *         "agt_sari"
         *       ],
         *       "teamIds": []
         *     }
         */
        Collaborators: {
            agentIds: components["schemas"]["Id"][];
            teamIds: components["schemas"]["Id"][];
        };
        /**
         * @example {
         *       "id": "con_1vFGcz",
         *       "inboxId": "inbox_web",
         *       "visitor": {
         *         "id": "vis_5kT0q",
         *         "verified": false,
         *         "name": "Ayu"
         *       },
         *       "status": "assigned",
         *       "labelIds": [
         *         "lbl_order"
         *       ],
         *       "handler": {
         *         "kind": "agent",
         *         "id": "agt_budi",
         *         "name": "Budi"
         *       },
         *       "collaborators": {
         *         "agentIds": [
         *           "agt_sari"
         *         ],
         *         "teamIds": []
         *       },
         *       "session": {
         *         "id": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *         "number": 1,
         *         "status": "open",
         *         "flow": {
         *           "id": "flow_hours",
         *           "version": 3
         *         }
         *       },
         *       "run": {
         *         "status": "ended",
         *         "waitingAt": null,
         *         "first": {
         *           "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *           "at": "2026-11-22T09:00:00.000Z",
         *           "text": "halo"
         *         },
         *         "facts": {},
         *         "endReason": "assigned"
         *       },
         *       "lastMessage": {
         *         "id": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f.0",
         *         "seq": 5,
         *         "sessionId": "01939c2e-79ff-7a10-8b1c-5d6e7f809102",
         *         "at": "2026-11-22T09:00:00.000Z",
         *         "author": {
         *           "kind": "bot"
         *         },
         *         "text": "Halo Ayu, ada yang bisa dibantu?",
         *         "buttons": [
         *           {
         *             "id": "order",
         *             "label": "Pesanan"
         *           },
         *           {
         *             "id": "other",
         *             "label": "Lainnya"
         *           }
         *         ],
         *         "cardId": "ask",
         *         "turnId": "01939c2e-7a10-7c3e-9d52-0f6b1c2d3e4f",
         *         "effectIndex": 0
         *       },
         *       "seq": 9,
         *       "unread": 0,
         *       "createdAt": "2026-11-22T09:00:00.000Z",
         *       "updatedAt": "2026-11-22T09:00:00.000Z"
         *     }
         */
        Conversation: {
            id: components["schemas"]["Id"];
            inboxId: components["schemas"]["Id"];
            visitor: {
                id: components["schemas"]["Id"];
                /** @description True: `name`, `email` and `phone` come from an identity token */
                verified: boolean;
                name?: string;
                email?: string;
                phone?: string;
                /** @description Claims of the page, unverified, except those under the keys in `verifiedAttributes` */
                attributes?: {
                    [key: string]: string;
                };
                /** @description Keys of `attributes` that the identity token states; absent when there are none */
                verifiedAttributes?: string[];
                /** @description True: the visitor had everything erased, and is nobody now */
                erased?: boolean;
            };
            status: components["schemas"]["ConversationStatus"];
            labelIds: string[];
            handler: components["schemas"]["Handler"] | null;
            collaborators: components["schemas"]["Collaborators"];
            session: components["schemas"]["Session"];
            run: components["schemas"]["FlowRun"];
            lastMessage: components["schemas"]["Message"] | null;
            /** @description Number of the last event */
            seq: number;
            /** @description Visitor messages since the last agent or AI message */
            unread: number;
            /** @description The visitor's rating of the newest session that has one; absent: none yet */
            rating?: components["schemas"]["Rating"];
            createdAt: components["schemas"]["Time"];
            /** @description The last event but for reads. Lists are ordered by it */
            updatedAt: components["schemas"]["Time"];
        };
        /**
         * @example {
         *       "id": "01939c2e-c410-7b12-9aa0-3f4e5d6c7b8a",
         *       "text": "Saya bantu, ya.",
         *       "agentId": "agt_budi"
         *     }
         */
        Reply: {
            /** @description Made by the caller; the same id never becomes a second message */
            id: components["schemas"]["Id"];
            /** @description A blank text is 400 `invalid_request` with the field `/text` */
            text: string;
            /** @description Who replies; needed with an API key, must be the token's own agent with a JWT */
            agentId?: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "kind": "agent",
         *       "agentId": "agt_budi"
         *     }
         */
        Assignment: {
            /** @constant */
            kind: "agent";
            agentId: components["schemas"]["Id"];
            /** @description Only when no other human agent handles it. Default: false */
            ifUnassigned?: boolean;
        } | {
            /** @constant */
            kind: "ai";
            aiAgentId: components["schemas"]["Id"];
        } | {
            /** @constant */
            kind: "nobody";
        };
    };
    responses: {
        /** @description Anything else that went wrong (`internal` 500, `overloaded` 503), with its code */
        Problem: {
            headers: {
                /** @description Seconds; with 503 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file. Only raster images (png, jpeg, gif, webp) may be shown in place (`inline`); everything else is `attachment`. Never sniffed: the type was decided by the content when it came. */
        File: {
            headers: {
                "Content-Disposition"?: string;
                "X-Content-Type-Options"?: "nosniff";
                "Cache-Control"?: string;
                [name: string]: unknown;
            };
            content: {
                "*/*": components["schemas"]["FileContent"];
            };
        };
        /** @description `invalid_request`: wrong in form; `fields` says where */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:invalid_request",
                 *       "title": "Invalid request",
                 *       "status": 400,
                 *       "code": "invalid_request",
                 *       "detail": "The request does not fit the contract.",
                 *       "fields": [
                 *         {
                 *           "path": "/input/text",
                 *           "message": "must be at most 4000 characters"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: no token, or one that is no good here; `token_expired`: it was good, get a new one */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:token_expired",
                 *       "title": "Token expired",
                 *       "status": 401,
                 *       "code": "token_expired",
                 *       "detail": "Refresh the token and try again."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `origin_not_allowed`: the page is not on the list of the inbox (asking for a configuration, it may read this answer); `scope_missing`: the token does not reach that far */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:origin_not_allowed",
                 *       "title": "Origin not allowed",
                 *       "status": 403,
                 *       "code": "origin_not_allowed",
                 *       "detail": "https://evil.example is not among the origins of this inbox."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: there is no such thing in this account; the same for foreign, unknown and empty ids */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:not_found",
                 *       "title": "Not found",
                 *       "status": 404,
                 *       "code": "not_found",
                 *       "detail": "There is no such flow."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `sequence_gap` (with `expected`), `in_use` (with `inboxes`), `already_assigned` (with `handler`), `inbox_type` or `conversation_resolved` */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:sequence_gap",
                 *       "title": "Sequence gap",
                 *       "status": 409,
                 *       "code": "sequence_gap",
                 *       "detail": "Turn 3 is missing.",
                 *       "expected": 3
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `cursor_expired`: the host does not know this cursor (any more); take a new snapshot */
        CursorExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:cursor_expired",
                 *       "title": "Cursor expired",
                 *       "status": 410,
                 *       "code": "cursor_expired",
                 *       "detail": "Read the conversation again."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `version_conflict`: the version that was named is not the newest; for a flow, `current` is the newest one */
        VersionConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:version_conflict",
                 *       "title": "Version conflict",
                 *       "status": 412,
                 *       "code": "version_conflict",
                 *       "detail": "Version 4 was saved in the meantime."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_large`: a body over 64 KiB, or a flow over 2 MiB */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:too_large",
                 *       "title": "Too large",
                 *       "status": 413,
                 *       "code": "too_large",
                 *       "detail": "The body may have 65536 bytes."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_large`: a file over 10 MiB or a picture over 64 megapixels; `quota_exceeded`: the host keeps no more files */
        FileTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:quota_exceeded",
                 *       "title": "Too large",
                 *       "status": 413,
                 *       "code": "quota_exceeded",
                 *       "detail": "Before the first message only few files are kept. Send a message first."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `request_timeout`: the body comes too slowly */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:request_timeout",
                 *       "title": "Too slow",
                 *       "status": 408,
                 *       "code": "request_timeout",
                 *       "detail": "The body comes too slowly. Try again on a better connection."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media`: the content is of no type that this host takes, or an image that cannot be decoded */
        UnsupportedMedia: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:unsupported_media",
                 *       "title": "Unsupported type",
                 *       "status": 415,
                 *       "code": "unsupported_media",
                 *       "detail": "Files of this type are not taken. Send an image, a PDF, a text or a recording."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `id_reused`, `flow_invalid` (with `problems`) or `unknown_reference` */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:id_reused",
                 *       "title": "Id reused",
                 *       "status": 422,
                 *       "code": "id_reused",
                 *       "detail": "This id was used for another input."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_required`: send `baseVersion` with the number of the version that was changed */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:precondition_required",
                 *       "title": "Precondition required",
                 *       "status": 428,
                 *       "code": "precondition_required",
                 *       "detail": "Send baseVersion."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate_limited`: wait as long as Retry-After says */
        RateLimited: {
            headers: {
                /** @description Seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:rate_limited",
                 *       "title": "Rate limited",
                 *       "status": 429,
                 *       "code": "rate_limited",
                 *       "detail": "Try again in 4 seconds."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `overloaded`: the host cannot take more now; wait as long as Retry-After says */
        Overloaded: {
            headers: {
                /** @description Seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:alur:problem:overloaded",
                 *       "title": "Overloaded",
                 *       "status": 503,
                 *       "code": "overloaded",
                 *       "detail": "Try again in 2 seconds."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        InboxId: components["schemas"]["Id"];
        FlowId: components["schemas"]["Id"];
        ConversationId: components["schemas"]["Id"];
        AttachmentId: components["schemas"]["Id"];
        /** @description With `thumbnail`: the image with at most 640 pixels a side, in WebP, PNG or JPEG, the first frame of an animation. An image that is as small is given as it is. 404 for a file that has no thumbnail */
        FileSize: "original" | "thumbnail";
        AgentId: components["schemas"]["Id"];
        Version: number;
        /** @description Decides only when `baseVersion` is missing: an ETag of the newest version, or `*` */
        IfMatch: string;
        /** @description `next` of the page before */
        Cursor: string;
        /** @description Cursor of the last event already seen; empty: from the beginning */
        After: string;
        Limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The host and its database answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWidgetConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetConfig"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getPublicFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public projection */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicFlow"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    createVisitor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateVisitor"];
            };
        };
        responses: {
            /** @description The visitor and its tokens */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSession"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    refreshVisitor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description New tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSession"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getVisitorConversation: {
        parameters: {
            query?: {
                /** @description Only messages before this log number (older history) */
                before?: number;
                limit?: number;
            };
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The snapshot; `session` is null before the first turn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConversation"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    submitTurn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Turn"];
            };
        };
        responses: {
            /** @description The turn is stored; this is what it did */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnResult"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Overloaded"];
            default: components["responses"]["Problem"];
        };
    };
    listVisitorEvents: {
        parameters: {
            query?: {
                /** @description Cursor of the last event already seen; empty: from the beginning */
                after?: components["parameters"]["After"];
                limit?: components["parameters"]["Limit"];
                wait?: number;
            };
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events after the cursor, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["CursorExpired"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    streamVisitorEvents: {
        parameters: {
            query?: {
                /** @description Cursor of the last event already seen; empty: from the beginning */
                after?: components["parameters"]["After"];
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    sendVisitorTyping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Passed on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    markVisitorRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seq: number;
                };
            };
        };
        responses: {
            /** @description Noted; a lower number than before changes nothing */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    rateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateSession"];
            };
        };
        responses: {
            /** @description The rating stands and is in the log */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndSession"];
            };
        };
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    uploadAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The file's name, UTF-8, percent-encoded. The host makes it harmless and gives it the ending that belongs to its type */
                "Alur-File-Name"?: string;
            };
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file is kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["FileTooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Overloaded"];
            default: components["responses"]["Problem"];
        };
    };
    getVisitorAttachment: {
        parameters: {
            query?: {
                /** @description With `thumbnail`: the image with at most 640 pixels a side, in WebP, PNG or JPEG, the first frame of an animation. An image that is as small is given as it is. 404 for a file that has no thumbnail */
                size?: components["parameters"]["FileSize"];
            };
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["File"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getTranscript: {
        parameters: {
            query?: {
                /** @description Of the words around what was said */
                language?: "id" | "en";
                /** @description An IANA zone in which the times are told, such as `Asia/Jakarta` */
                timeZone?: string;
            };
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text, named for saving */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "X-Content-Type-Options"?: "nosniff";
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    eraseVisitor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is kept of this visitor */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listFlows: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FlowSummary"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    createFlow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["FlowName"];
                    flow?: components["schemas"]["Flow"];
                    /**
                     * @description False keeps version 1 a draft, as an import should until a person has looked at it
                     * @default true
                     */
                    live?: boolean;
                };
            };
        };
        responses: {
            /** @description The flow */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowDetail"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flow; the ETag is the newest version's */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowDetail"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    deleteFlow: {
        parameters: {
            query?: {
                baseVersion?: components["schemas"]["BaseVersion"];
            };
            header?: {
                /** @description Decides only when `baseVersion` is missing: an ETag of the newest version, or `*` */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionConflict"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    renameFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Decides only when `baseVersion` is missing: an ETag of the newest version, or `*` */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["FlowName"];
                    baseVersion?: components["schemas"]["BaseVersion"];
                };
            };
        };
        responses: {
            /** @description The flow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowSummary"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["TooLarge"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listFlowVersions: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FlowVersionSummary"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    saveFlowVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Decides only when `baseVersion` is missing: an ETag of the newest version, or `*` */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    flow: components["schemas"]["Flow"];
                    /** @default true */
                    live?: boolean;
                    name?: components["schemas"]["FlowName"];
                    baseVersion?: components["schemas"]["BaseVersion"];
                    saveId?: components["schemas"]["SaveId"];
                };
            };
        };
        responses: {
            /** @description Saved */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedVersion"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getFlowVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowVersion"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    restoreFlowVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Decides only when `baseVersion` is missing: an ETag of the newest version, or `*` */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                flowId: components["parameters"]["FlowId"];
                version: components["parameters"]["Version"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    baseVersion?: components["schemas"]["BaseVersion"];
                    saveId?: components["schemas"]["SaveId"];
                };
            };
        };
        responses: {
            /** @description Saved */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedVersion"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getFlowStatistics: {
        parameters: {
            query?: {
                /** @description Default: all versions together */
                version?: number;
                /** @description Turns received at this time or later */
                from?: components["schemas"]["Time"];
                /** @description Turns received before this time */
                to?: components["schemas"]["Time"];
            };
            header?: never;
            path: {
                flowId: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowStatistics"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listInboxes: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Inbox"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getInbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The inbox */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    updateInbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inboxId: components["parameters"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxUpdate"];
            };
        };
        responses: {
            /** @description The inbox */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listLabels: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Label"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentUpdate"];
            };
        };
        responses: {
            /** @description The agent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    setAgentPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: components["parameters"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    presence: "online" | "away";
                };
            };
        };
        responses: {
            /** @description The agent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listTeams: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Team"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listAiAgents: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AiAgent"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                status?: components["schemas"]["ConversationStatus"];
                inboxId?: components["schemas"]["Id"];
                labelId?: components["schemas"]["Id"];
                /** @description Handled by, collaborating, or waiting without any candidate in an inbox of this agent */
                agentId?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Conversation"][];
                        next: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    listConversationEvents: {
        parameters: {
            query?: {
                /** @description Cursor of the last event already seen; empty: from the beginning */
                after?: components["parameters"]["After"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    replyToConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reply"];
            };
        };
        responses: {
            /** @description The message as stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    getConversationAttachment: {
        parameters: {
            query?: {
                /** @description With `thumbnail`: the image with at most 640 pixels a side, in WebP, PNG or JPEG, the first frame of an animation. An image that is as small is given as it is. 404 for a file that has no thumbnail */
                size?: components["parameters"]["FileSize"];
            };
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
                attachmentId: components["parameters"]["AttachmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["File"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    assignConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assignment"];
            };
        };
        responses: {
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    setConversationLabels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    labelIds: components["schemas"]["Id"][];
                };
            };
        };
        responses: {
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    setConversationCollaborators: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collaborators"];
            };
        };
        responses: {
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    resolveConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation; resolving twice changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    markConversationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seq: number;
                };
            };
        };
        responses: {
            /** @description Noted; a lower number than before changes nothing */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    sendAgentTyping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Passed on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
    streamAccountHints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Problem"];
        };
    };
}
