/** Begins the page of a day: draws its charts. */
import { themeColor } from '#page/theme';

document.documentElement.dataset['ready'] = themeColor('up');
