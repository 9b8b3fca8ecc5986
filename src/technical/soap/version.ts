/** Version of this library, as `User-Agent` tells it. A test compares it with package.json. */
export const libraryVersion = '0.1.0'
