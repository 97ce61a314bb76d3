/** How the company's feedback is put on the wire. Nothing public says which of these LeadPerfection uses. */
export interface FeedbackStyle {
  /** `query` is a GET; the others are a POST. */
  as: 'query' | 'form' | 'json' | 'xml';
  /** Spelling of the keys; `wobble` changes from message to message. */
  keys: 'documented' | 'lower' | 'upper' | 'wobble';
  /** Where the event id goes: among the fields as `EventID`, or in the address as `event_id`. */
  eventId: 'body' | 'query';
  /** How a reached stage is said: `1` and `0`, `true` and `false`, or `Y` and `N`. */
  flags: 'digits' | 'words' | 'letters';
}

/** What of the posting side can be changed while the simulator runs. */
export interface PostingSwitches {
  /** Seconds a lead waits in the queue; null, the default, leaves it there until `processQueue`. */
  queueSeconds: number | null;
  /** Where feedback goes; null, the default, sends none. */
  feedbackUrl: string | null;
  /** Headers sent along, such as an API key. Never shown. */
  feedbackHeaders: Record<string, string>;
  feedback: FeedbackStyle;
  /** Life-cycle messages say the verdict's Method again. Default false: only the verdict carries it. */
  repeatMethod: boolean;
  /** The appointment's Notes name the vendor's log number, as offices let their template do. Default true. */
  logNumberInNotes: boolean;
  /** ZIP prefixes the company serves; a lead from elsewhere is deleted. Empty, the default, is everywhere. */
  serviceArea: string[];
  /** What the LeadForm pages want as user id and password. */
  webUser: string;
  webPassword: string;
}

export const DEFAULT_FEEDBACK_STYLE: FeedbackStyle = {
  as: 'form',
  keys: 'documented',
  eventId: 'body',
  flags: 'digits',
};

export function postingSwitches(given: Partial<PostingSwitches> = {}): PostingSwitches {
  return {
    queueSeconds: null,
    feedbackUrl: null,
    feedbackHeaders: {},
    feedback: DEFAULT_FEEDBACK_STYLE,
    repeatMethod: false,
    logNumberInNotes: true,
    serviceArea: [],
    webUser: 'webforms',
    webPassword: 'secret',
    ...given,
  };
}
