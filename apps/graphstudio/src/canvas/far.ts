/** Further out than this nothing in a panel can be read, so its content is neither made nor painted, only its title. */
export const FAR = 0.18
