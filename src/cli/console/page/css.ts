/** The page's looks: both colour schemes, from 360 pixels on, no fonts and no pictures. */
import { detail } from './cssDetail.js'
import { frame } from './cssFrame.js'
import { list } from './cssList.js'

export const css = frame + list + detail
