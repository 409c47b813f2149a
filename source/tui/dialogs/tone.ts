/** Whether what is asked for can hurt: the frame says so in words and colour. */
export type Tone = 'plain' | 'danger';
