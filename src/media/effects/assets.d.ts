/** The address of a file that the build copies beside the code. https://vite.dev/guide/assets#explicit-url-imports */
declare module '*?url' {
  const url: string
  export default url
}
