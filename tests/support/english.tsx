import { createElement, Fragment, type ReactNode } from 'react';
import { readFrame } from '@/client/browser/frame-memory';
import { createTexts, type Namespace, type Translator } from '@/client/intl/texts';
import { FrameProvider } from '@/components/shell/frame';
import { LanguageProvider } from '@/components/shell/language';
import en from '@/locales/en.json';

const texts = createTexts({ locale: 'en-GB', messages: en, direction: 'ltr' });

/** The translator of one namespace of the English catalogue. */
export const english = <Of extends Namespace>(namespace: Of): Translator<Of> => texts.translator(namespace);

/** Provides the English texts to a component. */
export const inEnglish = (...children: ReactNode[]) => (
  <FrameProvider memory={readFrame(undefined)}>
    <LanguageProvider locale="en" chosen={null} messages={en}>
      {createElement(Fragment, null, ...children)}
    </LanguageProvider>
  </FrameProvider>
);
