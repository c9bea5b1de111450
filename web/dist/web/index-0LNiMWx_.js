var e=Object.create,t=Object.defineProperty,n=Object.getOwnPropertyDescriptor,r=Object.getOwnPropertyNames,i=Object.getPrototypeOf,a=Object.prototype.hasOwnProperty,o=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports),s=(e,i,o,s)=>{if(i&&typeof i==`object`||typeof i==`function`)for(var c=r(i),l=0,u=c.length,d;l<u;l++)d=c[l],!a.call(e,d)&&d!==o&&t(e,d,{get:(e=>i[e]).bind(null,d),enumerable:!(s=n(i,d))||s.enumerable});return e},c=(n,r,o)=>(o=n==null?{}:e(i(n)),s(r||!n||!n.__esModule||!a.call(n,`default`)?t(o,`default`,{value:n,enumerable:!0}):o,n)),l=globalThis,u=e=>e,d=l.trustedTypes,ee=d?d.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,te=`$lit$`,f=`lit$${Math.random().toFixed(9).slice(2)}$`,ne=`?`+f,re=`<${ne}>`,ie=document,ae=()=>ie.createComment(``),oe=e=>e===null||typeof e!=`object`&&typeof e!=`function`,se=Array.isArray,ce=e=>se(e)||typeof e?.[Symbol.iterator]==`function`,le=`[ 	
\f\r]`,ue=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,de=/-->/g,fe=/>/g,p=RegExp(`>|${le}(?:([^\\s"'>=/]+)(${le}*=${le}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),pe=/'/g,me=/"/g,he=/^(?:script|style|textarea|title)$/i,ge=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),m=ge(1),_e=ge(2),h=Symbol.for(`lit-noChange`),g=Symbol.for(`lit-nothing`),ve=new WeakMap,_=ie.createTreeWalker(ie,129);function ye(e,t){if(!se(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ee===void 0?t:ee.createHTML(t)}var be=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=ue;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===ue?c[1]===`!--`?o=de:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=p):(he.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=p):o=fe:o===p?c[0]===`>`?(o=i??ue,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?p:c[3]===`"`?me:pe):o===me||o===pe?o=p:o===de||o===fe?o=ue:(o=p,i=void 0);let d=o===p&&e[t+1].startsWith(`/>`)?` `:``;a+=o===ue?n+re:l>=0?(r.push(s),n.slice(0,l)+te+n.slice(l)+f+d):n+f+(l===-2?t:d)}return[ye(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},xe=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=be(t,n);if(this.el=e.createElement(l,r),_.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=_.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(te)){let t=u[o++],n=i.getAttribute(e).split(f),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Te:r[1]===`?`?Ee:r[1]===`@`?De:we}),i.removeAttribute(e)}else e.startsWith(f)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(he.test(i.tagName)){let e=i.textContent.split(f),t=e.length-1;if(t>0){i.textContent=d?d.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],ae()),_.nextNode(),c.push({type:2,index:++a});i.append(e[t],ae())}}}else if(i.nodeType===8){if(i.data===ne)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(f,e+1))!==-1;)c.push({type:7,index:a}),e+=f.length-1}}a++}}static createElement(e,t){let n=ie.createElement(`template`);return n.innerHTML=e,n}};function v(e,t,n=e,r){if(t===h)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=oe(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=v(e,i._$AS(e,t.values),i,r)),t}var Se=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??ie).importNode(t,!0);_.currentNode=r;let i=_.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Ce(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Oe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=_.nextNode(),a++)}return _.currentNode=ie,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Ce=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=g,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=v(this,e,t),oe(e)?e===g||e==null||e===``?(this._$AH!==g&&this._$AR(),this._$AH=g):e!==this._$AH&&e!==h&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ce(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==g&&oe(this._$AH)?this._$AA.nextSibling.data=e:this.T(ie.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=xe.createElement(ye(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Se(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ve.get(e.strings);return t===void 0&&ve.set(e.strings,t=new xe(e)),t}k(t){se(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(ae()),this.O(ae()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=u(e).nextSibling;u(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},we=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=g,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=g}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=v(this,e,t,0),a=!oe(e)||e!==this._$AH&&e!==h,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=v(this,r[n+o],t,o),s===h&&(s=this._$AH[o]),a||=!oe(s)||s!==this._$AH[o],s===g?e=g:e!==g&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===g?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Te=class extends we{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===g?void 0:e}},Ee=class extends we{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==g)}},De=class extends we{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=v(this,e,t,0)??g)===h)return;let n=this._$AH,r=e===g&&n!==g||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==g&&(n===g||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Oe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){v(this,e)}},ke={M:te,P:f,A:ne,C:1,L:be,R:Se,D:ce,V:v,I:Ce,H:we,N:Ee,U:De,B:Te,F:Oe},Ae=l.litHtmlPolyfillSupport;Ae?.(xe,Ce),(l.litHtmlVersions??=[]).push(`3.3.3`);var je=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Ce(t.insertBefore(ae(),e),e,void 0,n??{})}return i._$AI(e),i},y={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Me=e=>(...t)=>({_$litDirective$:e,values:t}),Ne=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Pe}=ke,Fe=e=>e.strings===void 0,Ie={},Le=(e,t=Ie)=>e._$AH=t,Re=Me(class extends Ne{constructor(){super(...arguments),this.key=g}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Le(e),this.key=t),n}}),ze=`gradcam`,Be=0,Ve=(e,t={})=>({id:++Be,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),He=()=>({picture:null,isPictureComing:!1,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[Ve(ze)],selected:0,language:`curl`}),b=({panels:e,selected:t})=>e[t]??e[0],Ue=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function We(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of Ue)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function Ge(e,t){for(let n of Ue)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[ze]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:Ve(n);return a.parameters=Ke(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var Ke=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),qe=`vitrine.key`,Je=!1;function Ye(){try{return sessionStorage.getItem(qe)??``}catch{return``}}function Xe(e){Je=!1;try{e===``?sessionStorage.removeItem(qe):sessionStorage.setItem(qe,e)}catch{}}var Ze=()=>Ye()!==``,Qe=()=>Je;function $e(e){e===401&&(Je=!0)}function et(){let e=Ye();return e===``?{}:{Authorization:`Bearer ${e}`}}var x=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},tt=()=>new x({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function nt(e,t){let n=Number(e.headers.get(`Retry-After`));return new x({title:t?.title??`Error ${e.status}`,detail:rt(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function rt(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function S(e,t={}){let n=await ct(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:lt(n.headers.get(`Server-Timing`)??``),status:n.status};throw nt(n,r??null)}function it(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`);for(let[e,t]of Object.entries(et()))i.setRequestHeader(e,t);return r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(tt()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{$e(i.status);let t=i.status>=200&&i.status<300,n=at(i.responseText);t&&n!==null?e(n):r(nt(ot(i),n))},i.send(t)})}function at(e){try{return JSON.parse(e)}catch{return null}}var ot=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function st(e,t={}){let n=await ct(e,t);if(n.ok)return n.blob();throw nt(n,await n.json().catch(()=>null))}async function ct(e,t){try{let n=await fetch(e,{...t,headers:{...t.headers,...et()}});return $e(n.status),n}catch(e){throw C(e)?e:tt()}}var C=e=>e instanceof DOMException&&e.name===`AbortError`;function w(e){if(e instanceof x)return e;throw e}var lt=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function ut(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function dt(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var ft=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],pt=`vitrine.picture`,mt=e=>({blob:e,name:e.name||`picture.png`,address:URL.createObjectURL(e),sample:null,isKept:null});async function ht(e){e.isKept=yt(e.name,await xt(e.blob))}async function gt(e){let t=ft.find(t=>t.name===e);if(!t)return null;let n=await st(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function _t(){let e=vt();if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function vt(){try{return sessionStorage.getItem(pt)}catch{return null}}function yt(e,t){try{return sessionStorage.setItem(pt,JSON.stringify({name:e,dataUrl:t})),!0}catch{return bt(),!1}}function bt(){try{sessionStorage.removeItem(pt)}catch{}}function xt(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var St=()=>void 0,Ct=!1,wt=!1,Tt=100;function Et(e){St=e}function T(){Ct||wt||(Ct=!0,queueMicrotask(()=>{Ct=!1,St()}))}function Dt(){wt||(wt=!0,setTimeout(Ot,Tt))}function Ot(){wt&&(wt=!1,T())}var E={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},kt=2;async function At(e){try{let[e,t]=await Promise.all([S(`models`),S(`methods`)]);E.models=e.body.models,E.defaultModel=e.body.default,E.methods=t.body.methods,E.refusal=E.models.some(({ready:e})=>e)?null:jt(),E.isReady=E.refusal===null}catch(e){if(!(e instanceof x))throw e;E.refusal=e}if(T(),E.isReady)e();else if(!Qe()){let t=E.refusal?.retrySeconds??kt;setTimeout(()=>void At(e),t*1e3)}}var jt=()=>new x({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:kt});async function Mt(e){if(!e||E.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([S(t),S(`${t}/layers`)]);E.details.set(e,n.body),E.layers.set(e,r.body.layers),T()}var Nt=()=>E.models.find(({name:e})=>e===E.defaultModel)?.name??E.models[0]?.name??``,D=e=>E.models.find(t=>t.name===e),Pt=e=>E.methods.find(t=>t.name===e),Ft=300,It=()=>new Promise(e=>setTimeout(e,Ft));function Lt(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function O(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function Rt(e){location.hash!==e&&history.replaceState(null,``,e)}function zt(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function Bt(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function Vt(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function k(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function Ht(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var A=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,j=e=>e.toLocaleString(`en`),Ut=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),Wt=e=>e.replaceAll(/[_-]/g,` `),M=e=>{let t=Wt(e);return t.charAt(0).toUpperCase()+t.slice(1)},Gt=1500,Kt=e=>async t=>{let n=t.currentTarget,r=await qt(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,Gt)};async function qt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return Jt(e)}}function Jt(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function Yt(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var Xt=4;function Zt({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*Xt,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var Qt=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function $t(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function en(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function tn({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function nn(e,t){let n=Pt(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function rn(e){let{picture:t}=e;if(!t||!E.isReady||!e.model)return;for(let n of e.panels)on(e,n,t);let n=b(e);e.withEvidence&&sn(e,n,t)}function an(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);rn(e)}async function on(e,t,n){let r={...nn(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),T(),It().then(T);try{let{body:e,times:i}=await S(un(t),{method:`POST`,body:ut(n,r),signal:a.signal});t.map=e.raw?Zt(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(C(n))return;t.refusal=w(n),Object.assign(t,{answer:null,map:null,cell:null}),cn(e,t)}t.asking=null,Ot(),T()}async function sn(e,t,n){let r={...nn(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),T();try{let{body:e}=await S(un(t),{method:`POST`,body:ut(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(C(e))return;t.evidenceRefusal=w(e)}t.measuring=null,T()}function cn(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,rn(e))},n.retrySeconds*1e3)}var ln=(e,t,n)=>st(un(t),{method:`POST`,headers:{Accept:`image/png`},body:ut(n,{...nn(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),un=e=>`explain/${encodeURIComponent(e.method)}`,dn=Me(class extends Ne{constructor(e){if(super(e),e.type!==y.PROPERTY&&e.type!==y.ATTRIBUTE&&e.type!==y.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Fe(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===h||t===g)return t;let n=e.element,r=e.name;if(e.type===y.PROPERTY){if(t===n[r])return h}else if(e.type===y.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return h}else if(e.type===y.ATTRIBUTE&&n.getAttribute(r)===t+``)return h;return Le(e),t}}),fn=e=>e.target.value,pn=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>m`<option value=${e} .selected=${dn(e===t)} ?disabled=${r}>
        ${n}
      </option>`),N=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>m`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?g:`${e}-hint`}
      @change=${e=>a(fn(e))}
    >
      ${pn(o,n)}
    </select>
    ${hn(e,r)}
  </div>`,mn=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>m`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${n}
      placeholder=${s}
      ?disabled=${i}
      min=${c??g}
      max=${l??g}
      step=${u??g}
      aria-describedby=${r===void 0?g:`${e}-hint`}
      @change=${e=>a(fn(e))}
      @input=${e=>o===`search`&&a(fn(e))}
    />
    ${hn(e,r)}
  </div>`,hn=(e,t)=>t===void 0?g:m`<p class="hint" id="${e}-hint">${t}</p>`,gn=e=>e?.properties??{},_n=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),vn=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},yn=(e,t,n,r)=>Object.entries(e).map(([e,i])=>xn(e,_n(i),t[e]??``,t=>n(e,t),r)),bn=e=>({true:`yes`,false:`no`})[e]??e;function xn(e,t,n,r,i){let a={id:`${i}-${e}`,label:M(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=vn(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:bn(o)},...e.map(e=>({value:e,text:bn(e)}))];return m`${N({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?m`${mn({...a,placeholder:o})}`:m`${mn({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var Sn=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],Cn=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function wn(e,t){let n=Pt(b(e).method),r=(n,r,i,a)=>N({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return m`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,En(),Dn(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...On(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...On(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,Cn)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...Sn.map(e=>({value:e,text:e}))])}
    </div>
    ${N({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:kn(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${Tn(e,t)}
  </form>`}function Tn(e,t){let n=b(e),r=Pt(n.method);if(!r)return g;let i=gn(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return m`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?m`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${yn(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?mn({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):g}
        </details>`:g}`}var En=()=>E.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function Dn(e){let t=D(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${j(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var On=e=>(D(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function kn(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=E.details.get(e)?.default_layer,r=(E.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var An=new Set([`no_worker`]),jn=`unauthenticated`,P=(e,t=null)=>e===null||e.code===jn?g:m`<div class="note ${An.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${Fn(e.message)}</span>
        ${e.retrySeconds!==null&&t?m`<button class="plain" type="button" @click=${t}>Try again</button>`:g}
      </div>`,Mn=(e,t)=>m`<div class="note"><strong>${e}</strong><span>${Fn(t)}</span></div>`,Nn=.25,Pn=(e,t)=>t<Nn?g:m`<p class="working">
        <span class="spinner" aria-hidden="true"></span>
        <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
      </p>`,Fn=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`},In={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},Ln={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},Rn=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],zn=(e,t)=>m`<section class="card evidence" aria-labelledby="evidence-title">
    <div class="card-head">
      <h2 id="evidence-title">May this map be believed?</h2>
      <label class="switch">
        <input
          id="evidence"
          type="checkbox"
          .checked=${t.isOn}
          @change=${e=>t.turn(e.target.checked)}
        />
        Measure it
      </label>
    </div>
    <div class="card-body" aria-live="polite">${Bn(e,t)}</div>
  </section>`;function Bn(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?Wn(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?P(e.evidenceRefusal,r):e.evidence?Hn(e.evidence):m`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:m`<p class="quiet">Choose a picture first.</p>`:m`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var Vn=e=>m`<span class="badge is-${e}"
    ><span aria-hidden="true">${Ln[e]}</span> ${M(e)}</span
  >`,Hn=e=>m`<p class="verdict">${Vn(e.verdict)} ${In[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>m`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${Fn(n)}
              ${t&&!e?m`<strong>Decisive.</strong>`:g}</span
            >
          </li>`)}
    </ul>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            <th scope="col">This map</th>
            <th scope="col">Random</th>
          </tr>
        </thead>
        <tbody>
          ${Rn.map(([t,n,r])=>m`<tr>
                <th scope="row">${n}</th>
                <td>${Un(e[t])}</td>
                <td>${r?Un(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,Un=e=>typeof e==`number`?A(e):`–`,Wn=(e,t)=>m`<p>The methods competed on this picture; the map shown is the best one's.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Verdict</th>
          <th scope="col">Insertion</th>
          <th scope="col">Deletion</th>
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>m`<tr class=${e.method===t?`is-chosen`:``}>
              <th scope="row">${Pt(e.method)?.title??e.method}</th>
              <td>${Vn(e.verdict)}</td>
              <td>${Un(e.insertion)}</td>
              <td>${Un(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,Gn=42,Kn=(e,t,n,r)=>e.length===0?m`<p class="quiet predictions" .style=${`min-height:${n*Gn}px`}>
        The most probable classes will stand here.
      </p>`:m`<ol class="predictions">
        ${e.map(e=>qn(e,e.index===t,r))}
      </ol>`,qn=({index:e,label:t,probability:n,logit:r},i,a)=>m`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${zt(n)}</span>
    </button>
  </li>`,Jn={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function Yn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${Jn[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var Xn=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=Pt(t.method)?.title??t.method;return m`<figure
    class="panel ${c?`is-selected`:``}"
    @pointerdown=${r.select}
    @focusin=${r.select}
  >
    <div class="panel-head">
      <label class="unseen" for="method-${n}">Method${s?``:` ${n+1}`}</label>
      <select
        id="method-${n}"
        @change=${e=>r.choose(e.target.value)}
      >
        ${pn(Zn(e.model),t.method)}
      </select>
      ${s?g:m`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:g}
      aria-label="${l}: ${Yn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>tr(t,e)}
      @pointerdown=${e=>tr(t,e)}
      @pointerleave=${()=>ir(t,null)}
      @keydown=${e=>rr(t,e)}
      @blur=${()=>ir(t,null)}
    >
      ${e.picture?m`<img src=${e.picture.address} alt="" @error=${ar} @load=${or} />`:g}
      ${i?.overlay&&!t.refusal?m`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:g}
      ${t.cell&&t.map&&i?er(t.cell,t.map,i.image):g}
      ${a?Pn(`${l} …`,(performance.now()-o)/1e3):g}
    </div>
    <figcaption title=${Yn(i)}>${Yn(i)}</figcaption>
    <p class="readout" aria-live="polite">${Qn(t)}</p>
    ${P(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>Mn(`This map explains nothing`,e))}
  </figure>`};function Zn(e){let t=E.details.get(e)?.unsupported??{};return E.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function Qn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${A(e??NaN)} to ${A(r??NaN)}`}let r=Qt(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${A(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function $n({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function er({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=$n(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return m`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function tr(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=$n(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;ir(e,$t(e.map,s,c))}var nr={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function rr(e,t){let n=nr[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};ir(e,e.cell?en(e.map,e.cell,...n):a)}function ir(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,T())}var ar=e=>e.target.hidden=!0,or=e=>e.target.hidden=!1,sr=(e,t)=>m`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>lr(e.target,t)}
    />
    ${cr(e)&&!e.isDragging?g:ur(e,t)}
    ${cr(e)?fr(e,t):g}
    ${P(e.pictureRefusal)}
  </section>`,cr=({picture:e,isPictureComing:t})=>e!==null||t;function lr(e,{take:t}){t(e.files?.[0]),e.value=``}var ur=(e,t)=>m`<div class="drop ${cr(e)?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
    <svg viewBox="0 0 48 48" width="52" height="52" aria-hidden="true">
      <path d="M8 38V12a4 4 0 0 1 4-4h24a4 4 0 0 1 4 4v26" />
      <path d="M4 40h40M24 32V18m-7 6 7-7 7 7" />
    </svg>
    <h2>${e.isPictureMissing?`Add the picture to this view`:`Drop a picture here`}</h2>
    <p>
      ${e.isPictureMissing?`This link was made with a picture of somebody's own, which stays with them. Add one, and it is explained with the choices of the link.`:`The model says what it sees, and the explanation marks what in the picture speaks for it.`}
    </p>
    <label class="button" for="file">Choose a picture</label>
    <p class="quiet">or paste one from the clipboard, or try one of these:</p>
    <div class="samples">${dr(null,t)}</div>
  </div>`,dr=(e,{takeSample:t})=>ft.map(({name:n,title:r,file:i,credit:a})=>m`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),fr=(e,t)=>m`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${e.picture?m`<img src=${e.picture.address} alt="The picture" />`:g}
        </div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name??`\xA0`}</figcaption>
        <p class="readout">${pr(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>Xn(e,n,r,t.ofPanel(r)))}
    </div>
    <div class="bar">
      <div class="opacity">
        <label for="opacity">Opacity</label>
        <input
          id="opacity"
          type="range"
          min="0"
          max="1"
          step="0.01"
          .value=${String(e.opacity)}
          @input=${e=>t.setOpacity(Number(e.target.value))}
        />
        <output for="opacity">${Math.round(e.opacity*100)} %</output>
      </div>
      <button
        class="plain"
        id="add-method"
        type="button"
        ?disabled=${e.panels.length>=4}
        @click=${t.addPanel}
      >
        Compare with another method
      </button>
    </div>
    <div class="samples is-small" role="group" aria-label="Sample pictures">
      <label class="button plain phone-only" for="file">Another picture</label>
      ${dr(e.picture?.sample??null,t)}
    </div>`;function pr({picture:e}){if(!e)return``;let t=ft.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept===null?`\xA0`:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var mr=e=>new URL(e,document.baseURI.split(`#`)[0]).href,hr=e=>Object.entries(e).filter(([,e])=>e!==``),gr=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function _r({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${gr(`image=@${t}`)}`,...hr(r).map(([e,t])=>`-F ${gr(`${e}=${t}`)}`),`-o overlay.png`,gr(mr(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${gr(mr(n))} -o ${gr(t)}\n`)??``)+i}function vr({method:e,fileName:t,fetchFrom:n,fields:r}){let i=hr({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(mr(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(mr(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var yr=[[`curl`,`curl`],[`python`,`Python`]];function br(e){let t=b(e),n=ft.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...nn(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function xr(e,t){let{answer:n}=b(e),r=(e.language===`curl`?_r:vr)(br(e)),i=e.picture!==null&&e.picture.sample===null;return m`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${Sr(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${Sr(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${Sr(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${Sr(`copy-link`,`Link`,`Copy the address of this view`,Kt(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${yr.map(([n,r])=>m`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${Sr(`copy`,`Copy`,`Copy the call`,Kt(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var Sr=(e,t,n,r,i)=>m`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,F=He(),Cr=()=>O(`explain`,[],We(F)),wr=5,Tr=!1,Er=[];function Dr(e){Er.push(e)}function I(){rn(F),T(),Or()}function Or(){Tr&&Rt(Cr())}async function kr(e){if(!e)return;let t=mt(e);Mr(t),await It(),t===F.picture&&(await ht(t),T())}async function Ar(e,t=!1){F.isPictureComing=!0,T();try{let n=await gt(e);F.isPictureComing=!1,n&&Mr(n,t)}catch(e){F.isPictureComing=!1,F.pictureRefusal=w(e)}T()}function jr(e){F.isDragging!==e&&(F.isDragging=e,T())}function Mr(e,t=F.isPictureMissing){F.picture&&URL.revokeObjectURL(F.picture.address),Object.assign(F,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(F,{target:``,versus:``});for(let e of F.panels)Nr(e);Dt(),rn(F),It().then(Or);for(let e of Er)e()}function Nr(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function Pr(e,t){Tr=!0,t.size>0&&(Ge(t,F),await Fr(t.get(`picture`))),Ir(),I()}async function Fr(e){if(e===null||e===(F.picture?.sample??(F.picture&&`own`)))return;if(e!==`own`){await Ar(e,!0);return}let t=_t();t?Mr(t,!0):F.isPictureMissing=!0}function Ir(){if(!E.isReady)return;D(F.model)||(F.model=Nt());let e=D(F.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(F[t]);n>=0&&(F[t]=String(n))}Mt(F.model).catch(()=>setTimeout(Ir,2e3)),rn(F)}function Lr(e,t){Object.assign(F,{[e]:t}),e===`model`&&(Object.assign(F,{target:``,versus:``,layer:``}),Ir()),e===`target`&&F.versus===t&&(F.versus=``),I()}var Rr=e=>({choose:t=>{let n=F.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=Ve(t);n&&Object.assign(r,{answer:n.answer}),F.panels[e]=r,I()},select:()=>{F.selected!==e&&(F.selected=e,I())},remove:()=>{F.panels[e]?.asking?.abort(),F.panels.splice(e,1),F.selected=Math.min(F.selected,F.panels.length-1),I()},again:()=>an(F)});function zr(){let e=new Set(F.panels.map(({method:e})=>e)),t=E.details.get(F.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...E.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));F.panels.push(Ve(n??`gradcam`)),F.selected=F.panels.length-1,I()}async function Br(){let e=b(F);if(F.picture)try{Yt(await ln(F,e,F.picture),`${Vr(e)}.png`)}catch(t){e.refusal=w(t),T()}}var Vr=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,Hr={picture:()=>void Br(),numbers:()=>{let e=b(F);e.answer?.raw&&Yt(tn(e.answer.raw),`${Vr(e)}.npy`)},answer:()=>{let e=b(F),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);Yt(new Blob([t],{type:`application/json`}),`${Vr(e)}.json`)},language:e=>{F.language=e,T()}},Ur={take:e=>void kr(e),takeSample:e=>void Ar(e),setOpacity:e=>{F.opacity=e,I()},addPanel:zr,ofPanel:Rr},Wr={change:Lr,changeParameter:(e,t)=>{let{parameters:n}=b(F);t===``?delete n[e]:n[e]=t,I()}};function Gr(){if(!E.isReady&&!E.refusal)return m``;let e=b(F),{answer:t,times:n}=e,r=Math.min(wr,D(F.model)?.classes.length??wr);return m`<div class="explain">
    ${sr(F,Ur)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${Kn(t?.predictions??[],t?.target.index??null,r,e=>Lr(`target`,String(e)))}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${t?.cached?m`<span
                  class="cached"
                  title="It had been computed before for the same picture and choices"
                  >from the cache</span
                >
                · `:g}${n.map(([e,t])=>`${e} ${Bt(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${wn(F,Wr)}
    </div>
    <div class="below">
      ${zn(e,{isOn:F.withEvidence,hasPicture:F.picture!==null,turn:e=>{F.withEvidence=e,I()},again:()=>an(F)})}
      ${xr(F,Hr)}
    </div>
    <p class="unseen" id="status" role="status">${Kr()}</p>
  </div>`}function Kr(){let{answer:e}=b(F),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${zt(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{F.panels.some(({asking:e})=>e!==null)&&T()},1e3);var qr={title:`Explain`,enter:(e,t)=>void Pr(e,t),leave:()=>{Tr=!1},template:Gr},Jr=2e3;function Yr(e,t){let n=new AbortController;return Xr(e,t,n.signal),()=>n.abort()}async function Xr(e,t,n){let r=new Qr(t.event);for(;!n.aborted;){try{await Zr(e,t,r,n)}catch{}if(n.aborted)return;t.broken(),await new Promise(e=>setTimeout(e,Jr))}}async function Zr(e,{opened:t},n,r){let i=n.lastId===``?{}:{"Last-Event-ID":n.lastId},a=await fetch(e,{headers:{Accept:`text/event-stream`,...et(),...i},cache:`no-store`,signal:r});if($e(a.status),!a.ok||!a.body)return;t(),n.begin();let o=a.body.pipeThrough(new TextDecoderStream).getReader();for(let e=await o.read();!e.done&&!r.aborted;e=await o.read())n.take(e.value)}var Qr=class{tell;lastId=``;rest=``;name=``;data=[];constructor(e){this.tell=e}begin(){this.rest=this.name=``,this.data=[]}take(e){let t=(this.rest+e).split(/\r\n|\n|\r(?!$)/);this.rest=t.pop()??``;for(let e of t)this.takeLine(e)}takeLine(e){if(e===``){this.data.length>0&&this.tell(this.name||`message`,this.data.join(`
`)),this.name=``,this.data=[];return}let[,t=``,n=``]=/^([^:]*):? ?(.*)$/s.exec(e)??[];t===`event`?this.name=n:t===`data`?this.data.push(n):t===`id`&&(this.lastId=n)}},$r=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,L=async e=>(await S(`jobs${dt(e)}`)).body,ei=async e=>(await S($r(e))).body,ti=30,ni=async(e,t,n,r=!1)=>(await S(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":si(),...r?{Prefer:`wait=${ti}`}:{}},body:JSON.stringify({kind:e,model:t,params:n})})).body,ri=async e=>(await S($r(e),{method:`DELETE`})).body,ii=async e=>(await S($r(e,`/retry`),{method:`POST`})).body,ai=async e=>(await S($r(e,`/artifacts`))).body.artifacts,oi=e=>$r(e,`/events`),R=(e,t)=>$r(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),si=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),z=new Set([`queued`,`running`]),ci=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],li={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},ui=e=>li[e];function di(e){switch(e.status){case`queued`:return fi(e.queue_position);case`running`:return pi(e.progress);case`succeeded`:return`Done${mi(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return hi(e)}}function fi(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function pi({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${Vt(r)} left`;return n>0?`${M(e)}: ${t} of ${n}${a}.`:`${M(e)}${a}.`}function mi({started_at:e,finished_at:t}){return!e||!t?``:` in ${Vt((Date.parse(t)-Date.parse(e))/1e3)}`}function hi({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var gi=2e3,_i=class{id;whenDone;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stopListening=null;timer=0;isLetGo=!1;constructor(e,t=()=>void 0){this.id=e,this.whenDone=t,this.look()}letGo(){this.isLetGo=!0,this.stopListening?.(),this.stopListening=null,clearTimeout(this.timer)}cancel(){return this.change(async()=>{let e=await ri(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await ii(this.id),await this.look()})}async change(e){this.isAsking=!0,T();try{await e(),this.refusal=null}catch(e){this.refusal=w(e)}this.isAsking=!1,T()}async look(){try{this.job=await ei(this.id),this.refusal=null,z.has(this.job.status)?this.isLetGo||this.listen():await this.gather()}catch(e){this.refusal=w(e)}T(),!this.isLetGo&&this.job?.status===`succeeded`&&this.whenDone(),this.isLetGo||(this.isSettled()?(this.stopListening?.(),this.stopListening=null):(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),gi)))}isSettled(){return this.refusal?this.refusal.code===`job_not_found`:this.job!==null&&!z.has(this.job.status)}async gather(){if(this.artifacts=await ai(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await S(R(this.id,`loss.json`));this.rises=e.pictures}}listen(){this.stopListening??=Yr(oi(this.id),{opened:()=>this.turnCutOff(!1),event:(e,t)=>this.hear(e,t),broken:()=>this.turnCutOff(!0)})}turnCutOff(e){this.isCutOff=e,T()}hear(e,t){if(e===`progress`&&this.job){let e=JSON.parse(t),n=this.job.status===`queued`?`running`:this.job.status;this.job={...this.job,progress:e,status:n}}e===`preview`&&(this.preview=JSON.parse(t).image),(e===`done`||e===`error`)&&this.end(),T()}end(){this.stopListening?.(),this.stopListening=null,this.look()}},vi=600,yi=160;function bi(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*vi,s=e=>yi-(e-r)/(i-r||1)*152-4;return m`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${vi} ${yi}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${A(r)} to ${A(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>_e`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${A(r)} to ${A(i)}
    </p>
  </figure>`}var B=new Map,xi=200;function Si(e){if(!Ze())return e;let t=B.get(e);return t===void 0&&Ci(e),t||g}async function Ci(e){B.set(e,``);let[t]=B;B.size>xi&&t&&(URL.revokeObjectURL(t[1]),B.delete(t[0]));try{B.set(e,URL.createObjectURL(await st(e)))}catch{return}T()}function wi(){for(let e of B.values())URL.revokeObjectURL(e);B.clear()}var Ti=e=>t=>{Ze()&&(t.preventDefault(),st(e).then(t=>Yt(t,e.split(`/`).map(decodeURIComponent).at(-1)??`file`),T))},Ei=(e,t,n)=>O(`model`,[e,...t.split(`/`)],new URLSearchParams({unit:String(n)})),Di=({status:e})=>m`<span class="badge is-${e}"
    ><span aria-hidden="true">${ui(e)}</span> ${M(e)}</span
  >`,Oi=({kind:e,progress:t,status:n})=>m`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${Wt(e)}"
  ></progress>`,ki=e=>{let{job:t,refusal:n}=e;return e.isDeleted?m`<section class="card">
      ${Mn(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:m`<section class="card job" aria-labelledby="job-title">
    ${P(n)}
    ${t?Ai(e,t):n?g:m`<p class="quiet">Looking …</p>`}
  </section>`},Ai=(e,t)=>m`<div class="card-head">
      <h2 id="job-title">${M(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${Di(t)}
    </div>
    <div class="standing">
      ${Oi(t)}
      <span class="percent">${ji(t)}</span>
    </div>
    <p role="status" id="standing">${di(t)}</p>
    ${e.isCutOff&&z.has(t.status)?Mn(`No news at the moment`,`The connection broke off; the page goes on by itself`):g}
    <div class="buttons">${Mi(e,t)}</div>
    ${Pi(e,t)}
    ${e.rises.length>0?bi(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):g}
    ${Ii(e,t)} ${Ri(t)}`,ji=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function Mi(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(z.has(t.status))return[m`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
        Cancel
      </button>`];let a=m`<button class="plain" type="button" ?disabled=${n} @click=${i}>
    Retry
  </button>`,o=m`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${n}
    @click=${r}
  >
    Delete with its files
  </button>`;if(t.status!==`succeeded`)return[a,o];let s=t=>e.artifacts.some(({path:e})=>e===t),c=(e,t)=>m`<a class="button plain" href=${e}>${t}</a>`;return s(`atlas.json`)?[c(O(`atlas`,[t.id]),`Open the atlas`),o]:s(`strongest.json`)?[c(Ei(t.model,String(t.params.layer),0),`Look at the channels`),o]:[o]}var Ni={"grid.png":`All pictures, each under what it was made for`,"preview.png":`A grid of the atlas, with the names of classes`};function Pi(e,t){let n=e.artifacts.find(({path:e})=>e in Ni);if(n){let e=R(t.id,n.path);return m`<a class="made" href=${e} target="_blank" @click=${Ti(e)}
      ><img src=${Si(e)} alt=${Ni[n.path]??``}
    /></a>`}return z.has(t.status)?m`<div class="made is-open">
    ${e.preview?m`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:m`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:g}var Fi=24;function Ii({artifacts:e},t){return e.length===0?g:m`<details class="files" ?open=${e.length<=Fi}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(n=>m`<li>${Li(n,t,e.length<=Fi)}</li>`)}
    </ul>
  </details>`}var Li=({path:e,bytes:t,media_type:n},r,i)=>{let a=R(r.id,e),o=n.startsWith(`image/`)&&(i||!Ze());return m`<a href=${a} target="_blank" @click=${Ti(a)}>
    ${o?m`<img src=${Si(a)} alt="" loading="lazy" width="96" height="96" />`:m`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${Ht(t)}</span>
  </a>`},Ri=e=>m`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${k(e.created_at)}</dd>
      ${zi(`Begun`,e.started_at)} ${zi(`Ended`,e.finished_at)}
      ${zi(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>m`<dt>${M(e)}</dt>
            <dd>${Bi(t)}</dd>`)}
    </dl>
  </details>`,zi=(e,t)=>t?m`<dt>${e}</dt>
        <dd>${k(t)}</dd>`:g;function Bi(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var Vi=class{about;cells;grid;sides;numbers;constructor(e,t){this.about=e,this.cells=t;let{grid:n}=e;this.grid=n,this.numbers=new Int32Array(n*n).fill(-1),t.forEach(({x:e,y:t},r)=>this.numbers[t*n+e]=r);let r=(e.points+e.sparse_points)/n**2;this.sides=t.map(({n:e})=>Ui(e,r))}numberAt(e,t){return e>=0&&t>=0&&e<this.grid&&t<this.grid?this.numbers[t*this.grid+e]??-1:-1}at(e,t){return this.cells[this.numberAt(e,t)]}},Hi=.3,Ui=(e,t)=>Math.max(Hi,Math.min(1,Math.sqrt(e/(t||1)))),Wi=({grids:e},t)=>e.find(({grid:e})=>e===t)??e[0],V=({document:e},t)=>e.classes[t]??`class ${t}`,Gi=({document:e})=>e.kind===`dataset-map`?`images`:`activations`,Ki=(e,t=``)=>`atlases/${encodeURIComponent(e)}${t}`,qi=async(e=``)=>(await S(`atlases${dt({cursor:e})}`)).body;async function Ji(e){let{body:t}=await S(Ki(e));return Yi(t.version),{id:e,document:t,grids:await Promise.all(t.grids.map(async t=>{let{body:n}=await S(R(e,t.cells_path));return new Vi(t,n.cells)}))}}function Yi(e){if((e??1)!==1)throw new x({title:`This atlas has another format`,detail:`This page reads version 1, and the atlas has version ${e}. Load the page anew.`,code:`atlas_version`})}var Xi=async(e,t,n)=>(await S(Ki(e,`/locate`),{method:`POST`,body:ut(t,{}),signal:n})).body,Zi=/^-?\d+(\.\d+)?(e-?\d+)?$/i,Qi=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,$i(n.trim(),t[e]??{})]));function $i(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&Zi.test(e)?Number(e):n.some(t=>ea(e,t))?e:r(`array`)?e.split(`,`).map(e=>ta(e.trim())):e}var ea=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),ta=e=>Zi.test(e)?Number(e):e,na=`atlas`,H={model:``,datasets:null,written:{quality:`draft`},properties:null,estimate:null,isAsking:!1,refusal:null};async function ra(){if(E.isReady){D(H.model)||(H.model=Nt()),Mt(H.model).catch(()=>setTimeout(()=>void ra(),2e3));try{let[e,t]=await Promise.all([S(`datasets`),H.properties?null:S(`openapi.json`)]);H.datasets=e.body.datasets,t&&(H.properties=gn(t.body.components.schemas.AtlasParameters)),H.datasets.some(({id:e})=>e===H.written.dataset)||(H.written.dataset=H.datasets[0]?.id??``)}catch(e){H.refusal=w(e)}T()}}function ia(e,t){t===``?delete H.written[e]:H.written[e]=t,e===`class_filter`&&t===``&&delete H.written.versus,H.estimate=null,T()}function aa(e){let{dataset:t=``,quality:n=`draft`}=H.written;Object.assign(H,{model:e,estimate:null,written:{dataset:t,quality:n}}),ra(),T()}var oa=()=>Qi(H.written,H.properties??{}),sa=()=>ua(async()=>{let e=await ni(na,H.model,{...oa(),dry_run:!0},!0);if(e.status!==`succeeded`)throw new x({title:`What it costs is not known yet`,detail:di(e),code:e.error?.code??``,retrySeconds:e.status===`failed`?null:1});H.estimate=(await S(ca(e))).body,await ri(e.id)}),ca=({id:e})=>`jobs/${encodeURIComponent(e)}/result`,la=()=>ua(async()=>{let e=await ni(na,H.model,oa());location.hash=O(`atlas`,[e.id])});async function ua(e){Object.assign(H,{isAsking:!0,refusal:null}),T();try{await e()}catch(e){H.refusal=w(e)}H.isAsking=!1,T()}var da=[{value:`draft`,text:`draft: 2,000 images, one grid`},{value:`standard`,text:`standard: 20,000 images, three grids`},{value:`published`,text:`published: 1,000,000 images, four grids; for GPUs`}],fa=new Set([`dataset`,`quality`,`layer`,`class_filter`,`versus`,`dry_run`]),pa=()=>m`<form class="card choices" aria-labelledby="order-title" @submit=${ma}>
    <h2 id="order-title">Make an atlas</h2>
    <p class="quiet">
      What a layer sees in your images: places of many images, laid out so that what is alike to the
      model lies together, each cell drawn as what it looks for.
    </p>
    ${H.datasets?.length===0?ha():ga()}
    ${P(H.refusal,()=>void sa())}
  </form>`;function ma(e){e.preventDefault(),la()}var ha=()=>m`<p>It is made of the images of a dataset, and there is none yet.</p>
    <p><a class="button" href="#/datasets">Add a dataset</a></p>`;function ga(){let{written:e,datasets:t,properties:n}=H,r=H.isAsking||!n||!e.dataset,i=(t,n,r)=>N({id:`order-${t}`,label:n,value:e[t]??``,choices:r,change:e=>ia(t,e)});return m`${i(`dataset`,`Dataset`,(t??[]).map(({id:e,name:t,images:n})=>({value:e,text:`${t} · ${j(n)} images`})))}
  ${N({id:`order-model`,label:`Model`,value:H.model,choices:E.models.map(({name:e})=>({value:e,text:e})),change:aa})}
  ${i(`quality`,`Quality`,da)} ${i(`layer`,`Layer`,_a())}
  ${i(`class_filter`,`Activations`,[{value:``,text:`all of them`},...va(``).map(({value:e,text:t})=>({value:e,text:`that speak for “${t}”`}))])}
  ${e.class_filter?i(`versus`,`Compared with`,[{value:``,text:`nothing`},...va(e.class_filter)]):g}
  <details class="own">
    <summary>All settings</summary>
    ${yn(Object.fromEntries(Object.entries(n??{}).filter(([e])=>!fa.has(e))),e,ia,`order`)}
  </details>
  <div id="cost" role="status">${H.estimate?ya(H.estimate):g}</div>
  <div class="buttons">
    <button id="start" type="submit" ?disabled=${r}>Make the atlas</button>
    <button class="plain" id="ask-cost" type="button" ?disabled=${r} @click=${()=>void sa()}>
      What will it cost?
    </button>
  </div>`}function _a(){let e=E.details.get(H.model)?.default_layer??``,t=(E.layers.get(H.model)??[]).filter(({output_shape:e})=>e.length===3);return[{value:``,text:e?`the last map (${e})`:`the last map`},...t.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.join(` × `)}`})).reverse()]}var va=e=>(D(H.model)?.classes??[]).map((e,t)=>({value:String(t),text:e})).filter(({value:t})=>t!==e),ya=({images:e,activations:t,cells:n,icon_steps:r})=>m`<dl class="facts">
    <dt>Images</dt>
    <dd>${j(e)}</dd>
    <dt>Activations</dt>
    <dd>${j(t)}</dd>
    <dt>Cells</dt>
    <dd>at most ${j(n)}</dd>
    <dt>Icon steps</dt>
    <dd>at most ${j(r)}, a pass forward and back each</dd>
  </dl>`,U={atlases:[],nextCursor:null,open:[],isLoaded:!1,refusal:null},ba=new Set([na,`dataset-map`]),xa=`50`,Sa=3e3,Ca=0,wa=!1;async function Ta(){wa=!0,clearTimeout(Ca);try{let[e]=await Promise.all([Ea(),ra()]),{atlases:t,next_cursor:n}=await qi();Object.assign(U,{atlases:t,nextCursor:n,open:e,isLoaded:!0,refusal:null})}catch(e){U.refusal=w(e)}T(),wa&&(U.open.length!==0||U.refusal)&&(clearTimeout(Ca),Ca=window.setTimeout(()=>void Ta(),Sa))}async function Ea(){let e=await L({status:`queued`,limit:xa}),t=await L({status:`running`,limit:xa});return[...new Map([...t.jobs,...e.jobs].map(e=>[e.id,e])).values()].filter(({kind:e,params:t})=>ba.has(e)&&!t.dry_run)}function Da(){wa=!1,clearTimeout(Ca)}async function Oa(){let{atlases:e,next_cursor:t}=await qi(U.nextCursor??``);Object.assign(U,{atlases:[...U.atlases,...e],nextCursor:t}),T()}var ka=()=>m`<div class="features atlases">
    ${pa()}
    <div class="watching">
      ${P(U.refusal,()=>void Ta())}
      ${U.open.length>0?Aa():g}
      ${U.atlases.length>0?ja():U.isLoaded?Ia():g}
    </div>
  </div>`,Aa=()=>m`<section class="card" aria-labelledby="open-title">
    <h2 id="open-title">Being made</h2>
    <ul class="jobs">
      ${U.open.map(e=>m`<li>
            <a href=${O(`atlas`,[e.id])}>${Fa(String(e.params.dataset))}</a>
            <span class="quiet"
              >${Na(e.kind)}${e.model} · ${k(e.created_at)}</span
            >
            <span></span>
            ${Oi(e)} <span class="words">${di(e)}</span>
          </li>`)}
    </ul>
  </section>`,ja=()=>m`<section class="card" aria-labelledby="done-title">
    <h2 id="done-title">Atlases</h2>
    <ul class="earlier is-large">
      ${U.atlases.map(Ma)}
    </ul>
    ${U.nextCursor?m`<button class="plain" type="button" @click=${()=>void Oa()}>
            Older ones
          </button>`:g}
  </section>`,Ma=e=>m`<li>
    <a href=${O(`atlas`,[e.id])}>
      <img src=${Si(R(e.id,`preview.png`))} alt="" loading="lazy" />
      <strong>${Fa(e.dataset)}</strong>
      <span class="quiet"
        >${Na(e.kind)}${e.model}
        · ${k(e.finished_at)}</span
      >
    </a>
  </li>`,Na=(e=na)=>e===`atlas`?``:`${Wt(e)} · `,Pa=/^[0-9a-f]{32}$/,Fa=e=>H.datasets?.find(t=>t.id===e)?.name??(Pa.test(e)?e.slice(0,8):e),Ia=()=>m`<section class="card teaching">
    <p>
      There is no atlas yet. Choose a dataset and make a draft: of a few hundred images it takes
      minutes on a laptop, and you can watch it come. Then look around in it: which cells speak for a
      class, what tells two classes apart, and where a picture of yours would lie.
    </p>
  </section>`;function La(e){let{id:t,document:n}=e;return m`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">${M(n.kind)} of ${Fa(n.dataset)}</h2>
    <dl class="facts">
      <dt>Model</dt>
      <dd><a href=${O(`model`,[n.model])}>${n.model}</a></dd>
      <dt>Layer</dt>
      <dd>
        <a href=${O(`model`,[n.model,...n.layer.split(`/`)])}
          >${n.layer}</a
        >, ${Ut(n.layer_shape)}
      </dd>
      ${Ra(e)}
      <dt>Images</dt>
      <dd>${j(n.images)}${n.unread?`, ${j(n.unread)} unread`:``}</dd>
      <dt>${M(Gi(e))}</dt>
      <dd>${j(n.points)}</dd>
      <dt>Grids</dt>
      <dd>${n.grids.map(({grid:e,cells:t})=>`${e} × ${e} (${j(t)} cells)`).join(`, `)}</dd>
    </dl>
    <div class="buttons is-after">
      <button class="plain" id="copy-link" type="button" @click=${Kt(()=>location.href)}>
        Copy link
      </button>
      <a
        class="button plain"
        href=${R(t,n.preview_path)}
        @click=${Ti(R(t,n.preview_path))}
        target="_blank"
        >Picture</a
      >
      <a class="button plain" href=${O(`jobs`,[t])}>Job and files</a>
    </div>
  </section>`}function Ra(e){let{class_filter:t,versus:n}=e.document;return t==null?g:m`<dt>${n==null?`Class`:`Classes`}</dt>
    <dd>
      ${V(e,t)}${n==null?``:` (left) and ${V(e,n)} (right)`}
    </dd>`}var za={target:null,versus:null,isAgainst:!1,intensity:1},Ba=.25,Va=({document:e},t,n)=>t.f[e.filter_classes.indexOf(n)]??0;function Ha(e,t,{target:n,versus:r}){if(n===null)return 0;let i=Va(e,t,n);return r===null?i:i-Va(e,t,r)}function Ua(e,t,n){if(n.target===null)return 1;let r=Ha(e,t,n),i=n.versus===null?n.isAgainst?-r:r:Math.abs(r),a=Math.max(0,i/(e.document.full_influence||1));return Math.min(1,a*n.intensity)}function Wa(e,{cells:t},n){let r=n.isAgainst&&n.versus===null?-1:1,i=t=>n.target===null?t.n:r*Ha(e,t,n);return[...t].sort((e,t)=>i(t)-i(e))}function Ga(e,{target:t,versus:n,isAgainst:r}){if(t===null)return`All cells`;let i=V(e,t);return n===null?`What speaks ${r?`against`:`for`} “${i}”`:`What speaks for “${i}” or for “${V(e,n)}”`}var Ka=160,qa=.7;function Ja(e){let t=[],n=e.map(({grid:e,about:t})=>e*t.icon_size);for(let e=Math.max(...n);e>=Ka;e/=2)t.unshift(e);return t.length===0&&t.push(Math.max(...n)),t.map(t=>({side:t,grid:Ya(e,t)}))}function Ya(e,t){let n=({grid:e,about:n})=>Math.abs(Math.log(t/(e*n.icon_size)));return e.reduce((e,t)=>n(t)<n(e)?t:e)}function Xa(e,t){return(e.findLast(({side:e})=>t/e>=.7)??e[0]).grid}var Za=.1,Qa=230,$a=9,eo=22,to=[-1,0,1];function no(e){let t=new Int32Array(e.cells.length).fill(-1);return e.cells.forEach((n,r)=>{if(t[r]!==-1)return;let i=[r];t[r]=r;for(let a=i.pop();a!==void 0;a=i.pop()){let o=e.cells[a]??n;for(let a of to)for(let s of to){let c=e.numberAt(o.x+s,o.y+a);c<0||t[c]!==-1||e.cells[c]?.i[0]===n.i[0]&&(t[c]=r,i.push(c))}}}),t}function ro(e,t,n,r){let i=[],a=r*t.grid;for(let o of io(t,n,r)){let n=t.cells[o],r=n?.i[0];if(!n||r===void 0)continue;let s={cell:n,text:V(e,r),x:(n.x+.5)/t.grid,y:(n.y+1)/t.grid};i.some(e=>ao(s,e,a))||i.push(s)}return i}function io(e,t,n){let r=Math.max(1,Math.round(Qa/n)),i=t=>e.cells[t]?.v[0]??0,a=e.cells.reduce((e,{v:t})=>Math.max(e,t[0]??0),0),o=new Map;return e.cells.forEach(({x:e,y:n},s)=>{if(i(s)<Za*a||a<=0)return;let c=`${t[s]} ${Math.floor(e/r)} ${Math.floor(n/r)}`,l=o.get(c);(l===void 0||i(s)>i(l))&&o.set(c,s)}),[...o.values()].sort((e,t)=>i(t)-i(e))}function ao(e,t,n){let r=Math.abs(e.x-t.x)*n,i=Math.abs(e.y-t.y)*n;return e.text===t.text?Math.hypot(r,i)<Qa*.7:r<(e.text.length+t.text.length)*$a/2&&i<eo}var oo=.35;function so(e,t,n,r){if(n.target===null)return null;let i=document.createElement(`canvas`),a=t.grid+2;i.width=i.height=a;let o=i.getContext(`2d`),s=o.createImageData(a,a);for(let e=0;e<a**2;e++)s.data.set([...r.ground,255],e*4);for(let i of t.cells){let t=(i.y+1)*a+i.x+1;s.data.set(co(e,i,n,r),t*4)}return o.putImageData(s,0,0),i}function co(e,t,n,r){let i=Ua(e,t,n),a=n.versus===null?0:oo*i,o=Ha(e,t,n)>=0?r.target:r.versus,s=1-i*(1-a),c=e=>s>0?(r.ground[e]*(1-i)*(1-a)+o[e]*a)/s:0;return[c(0),c(1),c(2),255*s]}var lo=.4,uo=.15,fo=class{atlas;canvas=document.createElement(`canvas`);shade=null;shadeKey=``;regions=new Map;labels=[];labelsKey=``;inks=mo(document.documentElement);constructor(e){this.atlas=e,this.canvas.className=`atlas-overlay`,this.canvas.setAttribute(`aria-hidden`,`true`)}recolour(){this.inks=mo(this.canvas.parentElement??document.documentElement),this.shadeKey=``}draw(e,t){let n=this.cleared(e);n.save(),n.translate(e.left,e.top),this.drawShade(n,e,t.filter),this.drawAllLocated(n,e,t.located),t.hasLabels&&this.drawLabels(n,e,t.filter),t.chosen&&this.drawMark(n,e,t.chosen,3),t.hovered&&this.drawMark(n,e,t.hovered,2),n.restore()}cleared({view:e}){let{canvas:t}=this,n=devicePixelRatio,[r,i]=[Math.round(e.width*n),Math.round(e.height*n)];(t.width!==r||t.height!==i)&&(t.width=r,t.height=i);let a=t.getContext(`2d`);return a.setTransform(n,0,0,n,0,0),a.clearRect(0,0,e.width,e.height),a}drawShade(e,{width:t,grid:n},r){let i=`${n.grid} ${JSON.stringify(r)}`;if(i!==this.shadeKey&&(this.shade=so(this.atlas,n,r,this.inks.palette),this.shadeKey=i),!this.shade)return;e.imageSmoothingEnabled=!1;let a=1*t/n.grid;e.drawImage(this.shade,-a,-a,t+2*a,t+2*a)}drawLabels(e,t,n){let{grid:r,width:i}=t,a=Math.round(2*Math.log2(i/r.grid)),o=`${r.grid} ${a}`;if(o!==this.labelsKey){let e=this.regions.get(r)??no(r);this.regions.set(r,e),this.labels=ro(this.atlas,r,e,2**(a/2)),this.labelsKey=o}e.font=`600 ${Math.max(12,Math.min(18,i/r.grid/4))}px system-ui, sans-serif`,e.textAlign=`center`,e.textBaseline=`bottom`,e.lineJoin=`round`,e.lineWidth=4,e.strokeStyle=this.inks.ground,e.fillStyle=this.inks.ink;for(let{cell:r,x:a,y:o,text:s}of this.labels)!po(t,a,o)||Ua(this.atlas,r,n)<uo||(e.strokeText(s,a*i,o*i),e.fillText(s,a*i,o*i))}drawMark(e,{width:t},n,r){let i=t/n.grid,[a,o]=[n.x*i,n.y*i];e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=r*2+2,e.strokeRect(a,o,i,i),e.strokeStyle=this.inks.ink,e.lineWidth=r,e.strokeRect(a,o,i,i)}drawAllLocated(e,t,n){let r=[...n.filter(({grid:e})=>e===t.grid.grid)].sort((e,t)=>e.weight-t.weight),i=r.at(-1)?.weight??1;for(let n of r)this.drawLocated(e,t,n,i)}drawLocated(e,{grid:t,width:n},{weight:r,...i},a){let o=n/t.grid,[s,c]=[i.x*o,i.y*o],l=1.5+r/a*4;if(e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=l+3,e.strokeRect(s,c,o,o),e.strokeStyle=this.inks.mark,e.lineWidth=l,e.strokeRect(s,c,o,o),r<a*lo)return;let u=`${Math.round(r*100)} %`;e.font=`650 12px system-ui, sans-serif`,e.textAlign=`left`,e.textBaseline=`middle`;let d=e.measureText(u).width+10;e.fillStyle=this.inks.mark,e.fillRect(s-l/2,c-l/2,d,19),e.fillStyle=this.inks.ground,e.fillText(u,s-l/2+5,c-l/2+10)}};function po({left:e,top:t,width:n,view:r},i,a){let[o,s]=[e+i*n,t+a*n];return o>-200&&s>-30&&o<r.width+200&&s<r.height+30}function mo(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim();return{palette:{ground:ho(n(`--sky`)),target:ho(n(`--one`)),versus:ho(n(`--other`))},ink:n(`--ink`),ground:n(`--card`),mark:n(`--found`)}}function ho(e){let t=document.createElement(`canvas`).getContext(`2d`);t.fillStyle=e,t.fillRect(0,0,1,1);let[n=0,r=0,i=0]=t.getImageData(0,0,1,1).data;return[n,r,i]}function go(e,{levels:t,sprites:n,isSized:r}){let i=t.at(-1)?.side??1,a=new e.TileSource({width:i,height:i,tileSize:i,minLevel:0,maxLevel:t.length-1}),o=e=>t[e]??t[0],s=e=>{let{grid:t,side:n}=o(e);return n/t.grid*t.about.tile_cells},c=(e,t,n)=>({width:Math.round(s(e)*_o(o(e).grid,t)/l(e)),height:Math.round(s(e)*_o(o(e).grid,n)/l(e))}),l=e=>o(e).grid.about.tile_cells;return Object.assign(a,{getTileWidth:s,getTileHeight:s,getNumTiles:t=>{let n=Math.ceil(o(t).grid.grid/l(t));return new e.Point(n,n)},getPixelRatio:t=>new e.Point(1/o(t).side,1/o(t).side),getTileBounds:(t,n,r,i=!1)=>{let{width:a,height:s}=c(t,n,r);if(i)return new e.Rect(0,0,a,s);let{grid:u}=o(t).grid;return new e.Rect(n*l(t)/u,r*l(t)/u,_o(o(t).grid,n)/u,_o(o(t).grid,r)/u)},getTileUrl:(e,t,n)=>`${o(e).grid.about.tiles_path}/${n}_${t}.webp`,getTileHashKey:(e,t,n)=>`${e}/${n}_${t}${r?` sized`:``}`,hasTransparency:()=>!0,downloadTileStart:e=>{let{level:t,x:i,y:a}=e.tile,s={...c(t,i,a),isSized:r};n.draw(o(t).grid,a,i,s).then(t=>e.finish(t,null,`context2d`),t=>e.fail(String(t),null))},downloadTileAbort:()=>void 0})}var _o=({grid:e,about:t},n)=>Math.min(t.tile_cells,e-n*t.tile_cells),vo=160,yo=class{id;kept=new Map;constructor(e){this.id=e}async draw(e,t,n,{width:r,height:i,isSized:a}){let o=document.createElement(`canvas`);o.width=r,o.height=i;let s=o.getContext(`2d`),c=bo(e,t,n);if(c.length===0)return s;let l=await createImageBitmap(await this.fetch(e,t,n)),{icon_size:u,tile_cells:d}=e.about,ee=r*u/l.width,te=i*u/l.height;s.imageSmoothingQuality=`high`;for(let t of c){let n=e.cells[t],[r,i]=[n.x%d,n.y%d],o=a?e.sides[t]??1:1,[c,f]=[ee*o,te*o],ne=r*ee+(ee-c)/2,re=i*te+(te-f)/2;s.drawImage(l,r*u,i*u,u,u,ne,re,c,f)}return l.close(),s}async drawIcon(e,{x:t,y:n},r,i){let{icon_size:a,tile_cells:o}=e.about,s=await this.fetch(e,Math.floor(n/o),Math.floor(t/o)),c=t%o*a,l=await createImageBitmap(s,c,n%o*a,a,a);i()&&(r.width=r.height=a,r.getContext(`2d`)?.drawImage(l,0,0)),l.close()}fetch({about:e},t,n){let r=`${e.tiles_path}/${t}_${n}.webp`,i=this.kept.get(r)??st(R(this.id,r));this.kept.delete(r),this.kept.set(r,i),i.catch(()=>this.kept.delete(r));let[a]=this.kept.keys();return this.kept.size>vo&&a!==void 0&&this.kept.delete(a),i}};function bo(e,t,n){let r=e.about.tile_cells;return Array.from({length:r*r},(i,a)=>e.numberAt(n*r+a%r,t*r+Math.floor(a/r))).filter(e=>e>=0)}var xo=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),So=function(e,t){return new URL(e,t).href},Co={},wo=function(e){return e.pathname.endsWith(`.css`)},To=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},Eo=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=So(t,n);let r=s(t),i=wo(r);return To(Co,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:xo,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},Do={x:.5,y:.5,zoom:1},Oo=4,ko=1/6,Ao=1.6,jo=1.15,Mo=class e{library;told;sprites;levels;overlay;viewer;dark=matchMedia(`(prefers-color-scheme: dark)`);shown;static async open(t,n,{camera:r,shown:i,told:a}){let{default:o}=await Eo(async()=>{let{default:e}=await import(`./openseadragon-9Oew0CP8.js`).then(e=>c(e.default,1));return{default:e}},[],import.meta.url);return new e(o,t,n,r,i,a)}constructor(e,t,n,r,i,a){this.library=e,this.told=a,this.shown=i,this.sprites=new yo(n.id),this.levels=Ja(n.grids),this.overlay=new fo(n),Fo(),this.viewer=e({...Po(e),element:t}),this.viewer.canvas.append(this.overlay.canvas),this.viewer.canvas.tabIndex=-1,this.viewer.navigator.element.setAttribute(`aria-hidden`,`true`),this.overlay.recolour(),this.listen(),this.openSource(r)}destroy(){this.dark.removeEventListener(`change`,this.recolour),this.viewer.destroy()}show(e){let t=this.shown.isSized!==e.isSized;this.shown=e,t&&this.openSource(this.camera()),this.draw()}camera(){let{viewport:e}=this.viewer,{x:t,y:n}=e.getCenter(!1);return{x:t,y:n,zoom:e.getZoom(!1)/e.getHomeZoom()}}moveTo({x:e,y:t,zoom:n},r=!1){let{viewport:i}=this.viewer;i.zoomTo(n*i.getHomeZoom(),void 0,r),i.panTo(new this.library.Point(e,t),r),i.applyConstraints(r)}zoomIn(){this.viewer.viewport.zoomBy(Ao).applyConstraints()}zoomOut(){this.viewer.viewport.zoomBy(1/Ao).applyConstraints()}goHome(){this.viewer.viewport.goHome()}flyTo({grid:e,x:t,y:n}){let r=Math.max(1,e*ko,this.camera().zoom),i=Xa(this.levels,this.width(r)),a=this.levels.find(t=>t.grid.grid===e)?.side??0,o=i.grid===e?r:a*qa/this.width(1);this.moveTo({x:(t+.5)/e,y:(n+.5)/e,zoom:o})}reveal({grid:e,x:t,y:n}){let r=this.viewer.viewport.getBounds(!1),[i,a,o]=[t/e,n/e,1/e];i>=r.x&&a>=r.y&&i+o<=r.x+r.width&&a+o<=r.y+r.height||this.viewer.viewport.panTo(new this.library.Point(i+o/2,a+o/2)).applyConstraints()}grid(){return Xa(this.levels,this.width(this.camera().zoom))}async toggleFullScreen(){let e=this.viewer.element.parentElement;document.fullscreenElement?await document.exitFullscreen():await e?.requestFullscreen()}width(e){let{viewport:t}=this.viewer;return e*t.getHomeZoom()*t.getContainerSize().x}openSource(e){let{isSized:t}=this.shown,n=go(this.library,{levels:this.levels,sprites:this.sprites,isSized:t});this.viewer.addOnceHandler(`open`,()=>{this.moveTo(e,!0),this.tellMoved()}),this.viewer.open({tileSource:n})}listen(){let{viewer:e}=this;this.dark.addEventListener(`change`,this.recolour),e.addHandler(`update-viewport`,()=>this.draw()),e.addHandler(`fully-loaded-change`,({fullyLoaded:t})=>e.element.setAttribute(`aria-busy`,String(!t))),e.addHandler(`animation-finish`,()=>this.tellMoved()),e.addHandler(`canvas-click`,e=>{e.quick&&(e.preventDefaultAction=!0,this.told.chosen(this.placeAt(e.position)))});let{canvas:t}=e;t.addEventListener(`pointermove`,e=>{if(e.pointerType!==`mouse`||e.buttons!==0)return;let{left:n,top:r}=t.getBoundingClientRect(),i=new this.library.Point(e.clientX-n,e.clientY-r);this.told.hovered(this.placeAt(i))}),t.addEventListener(`pointerleave`,()=>this.told.hovered(null))}recolour=()=>{this.overlay.recolour(),this.draw()};tellMoved(){if(!this.viewer.isOpen())return;let e=this.camera();this.viewer.navigator.element.classList.toggle(`is-idle`,e.zoom<jo),this.told.moved(e,this.grid())}placeAt(e){if(!this.viewer.isOpen())return null;let{grid:t}=this.frame(),{grid:n}=t,{x:r,y:i}=this.viewer.viewport.pointFromPixel(e,!0),a={grid:n,x:Math.floor(r*n),y:Math.floor(i*n)};return t.at(a.x,a.y)?a:null}frame(){let{viewport:e}=this.viewer,t=e.pixelFromPoint(new this.library.Point(0,0),!0),{x:n,y:r}=e.getContainerSize(),i=e.getZoom(!0)*n,a=Xa(this.levels,i);return{left:t.x,top:t.y,width:i,grid:a,view:{width:n,height:r}}}draw(){if(!this.viewer.isOpen())return;let e=this.frame();this.overlay.draw(e,this.shown),this.told.framed(e)}},No=()=>matchMedia(`(prefers-reduced-motion: reduce)`).matches,Po=e=>({drawer:`canvas`,animationTime:No()?0:.6,springStiffness:8,visibilityRatio:.6,minZoomImageRatio:.8,maxZoomPixelRatio:Oo,minPixelRatio:qa,zoomPerScroll:1.25,imageLoaderLimit:6,maxImageCacheCount:128,immediateRender:!0,gestureSettingsMouse:{clickToZoom:!1,dblClickToZoom:!0},keyboardNavEnabled:!1,showNavigationControl:!1,showNavigator:!0,navigatorPosition:`BOTTOM_RIGHT`,navigatorSizeRatio:.18,navigatorMaintainSizeRatio:!0,navigatorAutoFade:!1,subPixelRoundingForTransparency:{"*":e.SUBPIXEL_ROUNDING_OCCURRENCES.ALWAYS}});function Fo(){let e=`data-openseadragon-mobile-css`;if(document.querySelector(`style[${e}]`))return;let t=document.createElementNS(null,`style`);t.setAttribute(e,``),document.head.append(t)}var Io=()=>({filter:za,hasLabels:!0,isSized:!0,camera:Do,grid:0,hovered:null,chosen:null,located:null,soughtPicture:``,seeking:null,seekRefusal:null,listed:20}),W={id:``,atlas:null,followed:null,refusal:null,viewer:null,...Io()},Lo=e=>Wi(e,W.grid);function Ro(e,t){if(!t)return null;let n=Wi(e,t.grid),r=n.grid===t.grid?n.at(t.x,t.y):void 0;return r?{cell:r,grid:n}:null}var zo=({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:a})=>({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:(a??[]).map(({grid:e,row:t,column:n,weight:r})=>({grid:e,x:n,y:t,weight:r}))});function Bo(e,t,n){let r=new URLSearchParams,{camera:i,filter:a,chosen:o}=t;return Vo(i)||(r.set(`at`,[i.x,i.y].map(e=>e.toFixed(4)).join(`,`)),r.set(`zoom`,i.zoom.toFixed(3))),a.target!==null&&r.set(`class`,Ho(e,a.target)),a.versus!==null&&r.set(`versus`,Ho(e,a.versus)),a.isAgainst&&r.set(`against`,`1`),a.intensity!==1&&r.set(`intensity`,String(a.intensity)),t.hasLabels||r.set(`labels`,`0`),t.isSized||r.set(`sized`,`0`),o&&r.set(`cell`,`${o.grid},${o.x},${o.y}`),t.soughtPicture&&r.set(`picture`,n?.sample??`own`),r}var Vo=({x:e,y:t,zoom:n})=>Math.abs(e-Do.x)<.001&&Math.abs(t-Do.y)<.001&&Math.abs(n-1)<.001;function Ho(e,t){let n=V(e,t);return e.document.classes.indexOf(n)===t&&Number.isNaN(Number(n))?n:String(t)}function Uo(e,t){let n=Number(t.get(`zoom`)),[r,i]=Ko(t.get(`at`));return{...Io(),camera:r!==void 0&&i!==void 0&&n>0?{x:r,y:i,zoom:n}:Do,filter:Wo(e,t),hasLabels:t.get(`labels`)!==`0`,isSized:t.get(`sized`)!==`0`,chosen:qo(t.get(`cell`))}}function Wo(e,t){let n=Go(e,t.get(`class`));if(n===null)return za;let r=Go(e,t.get(`versus`)),i=Number(t.get(`intensity`)??1)||1;return{target:n,versus:r===n?null:r,isAgainst:t.get(`against`)===`1`,intensity:Math.min(4,Math.max(Ba,i))}}function Go({document:e},t){if(t===null||t===``)return null;let n=e.classes.indexOf(t),r=n>=0?n:Number(t);return e.filter_classes.includes(r)?r:null}var Ko=e=>(e??``).split(`,`).map(Number).filter(Number.isFinite);function qo(e){let[t,n,r]=Ko(e);return e&&t!==void 0&&n!==void 0&&r!==void 0?{grid:t,x:n,y:r}:null}var Jo=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Jo(e,t);return!0},Yo=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},Xo=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),$o(t)}};function Zo(e){this._$AN===void 0?this._$AM=e:(Yo(this),this._$AM=e,Xo(this))}function Qo(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Jo(r[e],!1),Yo(r[e]);else r!=null&&(Jo(r,!1),Yo(r))}else Jo(this,e)}}var $o=e=>{e.type==y.CHILD&&(e._$AP??=Qo,e._$AQ??=Zo)},es=class extends Ne{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),Xo(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Jo(this,e),Yo(this))}setValue(e){if(Fe(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},ts=new WeakMap,ns=Me(class extends es{render(e){return g}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),g}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=ts.get(t);n===void 0&&(n=new WeakMap,ts.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?ts.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),rs=3,is=(e,t,n)=>m`<div class="cell-head">
      <canvas
        class="icon"
        width="96"
        height="96"
        aria-hidden="true"
        ${ns(e=>void us(e,t,n))}
      ></canvas>
      <p>
        <strong>${j(t.n)} ${Gi(e)}</strong>
        <span class="quiet">${as(t,n)}</span>
        ${os(t)}
      </p>
    </div>
    <ol class="adds">
      ${ss(e,t).map(([t,n])=>cs(e,t,n))}
    </ol>
    ${ls(e,t)}`,as=({x:e,y:t},{grid:n})=>`row ${t+1}, column ${e+1} of ${n}`;function os({images:e}){return!e||e.length===0?g:m`<span class="quiet names">${e.slice(0,rs).join(`, `)}</span>`}function ss(e,t){let n=t.i.map((e,n)=>[e,t.v[n]??0]),r=[W.filter.target,W.filter.versus].filter(e=>e!==null&&!t.i.includes(e));return[...n,...r.map(n=>[n,Va(e,t,n)])]}var cs=(e,t,n)=>{let r=Math.min(1,Math.abs(n)/(e.document.full_influence||1));return m`<li class=${t===W.filter.target||t===W.filter.versus?`is-asked`:``}>
    <span class="label">${V(e,t)}</span>
    <span class="number">${n>0?`+`:``}${A(n)}</span>
    <meter
      class=${n<0?`is-against`:``}
      min="0"
      max="1"
      .value=${r}
      aria-hidden="true"
    ></meter>
  </li>`};function ls(e,t){let{target:n,versus:r}=W.filter;if(n===null||r===null)return g;let i=Ha(e,t,W.filter),[a,o]=i>=0?[n,r]:[r,n];return m`<p class="quiet">
    Speaks for “${V(e,a)}” rather than “${V(e,o)}” by
    ${A(Math.abs(i))}
  </p>`}async function us(e,t,n){let r=`${n.grid} ${t.x} ${t.y}`;if(e&&W.viewer&&e.dataset.cell!==r){e.dataset.cell=r;try{await W.viewer.sprites.drawIcon(n,t,e,()=>e.dataset.cell===r)}catch{delete e.dataset.cell}}}function ds(e,t,n){let r=t.i.slice(0,3).map((n,r)=>`${V(e,n)} ${A(t.v[r]??0)}`);return`${as(t,n)}: ${j(t.n)} ${Gi(e)}. Speaks for ${r.join(`, `)}.`}var fs=null;function ps(e,t,n){return(fs?.grid!==t||fs.filter!==n)&&(fs={grid:t,filter:n,cells:Wa(e,t,n)}),fs.cells}function ms(e,t,n){let r=Lo(e),i=ps(e,r,t.filter),a=t.filter.target!==null;return m`<details class="card cells">
    <summary>The ${j(i.length)} cells as a table</summary>
    <p class="quiet" id="cells-title">
      ${Ga(e,t.filter)}, of the grid of ${r.grid} × ${r.grid} that is seen;
      ${a?`what says most first`:`the fullest first`}.
    </p>
    <div class="scrolled" tabindex="0" role="region" aria-labelledby="cells-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${M(Gi(e))}</th>
            ${a?m`<th scope="col">${hs(e,t)}</th>`:g}
            <th scope="col">Speaks most for</th>
          </tr>
        </thead>
        <tbody>
          ${i.slice(0,t.listed).map(i=>m`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    type="button"
                    @click=${()=>n.flyTo({grid:r.grid,x:i.x,y:i.y})}
                  >
                    ${as(i,r)}
                  </button>
                </th>
                <td>${j(i.n)}</td>
                ${a?m`<td>${A(Ha(e,i,t.filter))}</td>`:g}
                <td>${gs(e,i)}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>
    ${i.length>t.listed?m`<button class="plain" type="button" @click=${n.listMore}>
            ${20} more
          </button>`:g}
  </details>`}function hs(e,{filter:{target:t,versus:n}}){let r=V(e,t??0);return n===null?`For “${r}”`:`“${r}” less “${V(e,n)}”`}var gs=(e,{i:t,v:n})=>t.slice(0,3).map((t,r)=>`${V(e,t)} ${A(n[r]??0)}`).join(`, `),_s=(e,{filter:t,hasLabels:n,isSized:r},i)=>m`<section class="card choices" aria-labelledby="filter-title">
    <h2 id="filter-title">What to show</h2>
    ${e.document.filter_classes.length>0?ys(e,t,i):m`<p class="quiet">This atlas has no classes to filter by.</p>`}
    ${t.target===null?g:ws(t,i)}
    <label class="switch">
      <input
        id="labels"
        type="checkbox"
        .checked=${n}
        @change=${e=>i.turn(`hasLabels`,vs(e))}
      />
      Names of classes
    </label>
    <label class="switch">
      <input
        id="sized"
        type="checkbox"
        .checked=${r}
        @change=${e=>i.turn(`isSized`,vs(e))}
      />
      Smaller icons where little lies
    </label>
  </section>`,vs=e=>e.target.checked;function ys(e,t,n){let{target:r,versus:i,isAgainst:a}=t;return m`${N({id:`class`,label:`Class`,value:r===null?``:String(r),choices:[{value:``,text:`all classes`},...Ss(e,null)],change:e=>n.filter({target:bs(e),...xs(e,i)})})}
  ${r===null?g:m`${N({id:`versus`,label:`Rather than`,value:i===null?``:String(i),choices:[{value:``,text:`nothing in particular`},...Ss(e,r)],change:e=>n.filter({versus:bs(e)})})}
        ${i===null?N({id:`sign`,label:`Show what speaks`,value:a?`against`:`for`,choices:[{value:`for`,text:`for “${V(e,r)}”`},{value:`against`,text:`against “${V(e,r)}”`}],change:e=>n.filter({isAgainst:e===`against`})}):Cs(e,r,i)}`}`}var bs=e=>e===``?null:Number(e),xs=(e,t)=>e===``||Number(e)===t?{versus:null}:{},Ss=(e,t)=>e.document.filter_classes.filter(e=>e!==t).map(t=>({value:String(t),text:V(e,t)})).sort((e,t)=>e.text.localeCompare(t.text)),Cs=(e,t,n)=>m`<p class="legend">
    <span class="swatch is-one"></span> ${V(e,t)}
    <span class="swatch is-other"></span> ${V(e,n)}
  </p>`,ws=(e,t)=>m`<div class="field">
    <label for="intensity">Intensity</label>
    <div class="opacity">
      <input
        id="intensity"
        type="range"
        min=${Math.log2(Ba)}
        max=${Math.log2(4)}
        step="0.25"
        .value=${String(Math.log2(e.intensity))}
        @input=${e=>{let n=Number(e.target.value);t.filter({intensity:Number((2**n).toFixed(3))})}}
      />
      <output for="intensity">× ${Number(e.intensity.toFixed(2))}</output>
    </div>
  </div>`,Ts=6;function Es(e,t,n,r){if(e.document.landmarks_path===null)return m`<section class="card" aria-labelledby="seek-title">
      <h2 id="seek-title">Where is my picture?</h2>
      <p class="quiet">Pictures cannot be located on this atlas.</p>
    </section>`;let i=n!==null&&n.address===t.soughtPicture;return m`<section class="card seek" aria-labelledby="seek-title">
    <h2 id="seek-title">Where is my picture?</h2>
    ${i?Os(e,t,n,r):Ds(n,r)}
    ${P(t.seekRefusal,r.seek)}
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture to find on the atlas"
      @change=${e=>{let t=e.target;r.take(t.files?.[0]),t.value=``}}
    />
    <div class="samples is-small is-left" role="group" aria-label="Pictures to find">
      <label class="button plain" for="file">Choose a picture</label>
      ${dr(i?n.sample:null,r)}
    </div>
  </section>`}var Ds=(e,{seek:t})=>m`<p class="quiet">
      Drop or paste one, and the cells are marked in which its parts would lie.
    </p>
    ${e?m`<button class="plain" id="seek" type="button" @click=${t}>
            Find the picture of the Explain view
          </button>`:g}`;function Os(e,{located:t,seeking:n,grid:r},i,{forget:a,flyTo:o}){let s=(t??[]).filter(e=>e.grid===r).sort((e,t)=>t.weight-e.weight);return m`<div class="sought">
    <img src=${i.address} alt="The picture that is looked for" width="72" height="72" />
    <div>
      <p role="status" id="found">${As(s,n!==null,t!==null)}</p>
      <button class="plain" type="button" @click=${a}>Take the marks away</button>
    </div>
  </div>
  <ul class="found-list">
    ${s.slice(0,Ts).map(({row:t,column:n,weight:i})=>m`<li>
          <button
            class="plain"
            type="button"
            @click=${()=>o({grid:r,x:n,y:t})}
          >
            row ${t+1}, column ${n+1}
          </button>
          <span class="quiet">${zt(i)}${ks(e,r,t,n)}</span>
        </li>`)}
  </ul>`}function ks({grids:e,document:t},n,r,i){let a=e.find(e=>e.grid===n)?.at(i,r),o=t.classes[a?.i[0]??-1];return o===void 0?``:` · ${o}`}function As(e,t,n){if(t)return`Looking …`;if(!n)return``;let r=e.reduce((e,{weight:t})=>e+t,0);if(e.length===0)return`It falls where this atlas shows nothing.`;let i=e.length===1?`one cell`:`${e.length} cells`;return`${zt(r)} of it falls in ${i}.`}var js={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function Ms(e,t,n,r){if(!t)return Ps(e,n.x*e.grid,n.y*e.grid);let i=e.grid/t.grid,[a,o]=[Math.floor((t.x+.5)*i),Math.floor((t.y+.5)*i)];for(let t=1;t<e.grid;t++){let n={grid:e.grid,x:a+r[0]*t,y:o+r[1]*t};if(e.at(n.x,n.y))return n}return Ns(e,a,o,r)??(e.at(a,o)?{grid:e.grid,x:a,y:o}:null)}function Ns(e,t,n,[r,i]){let[a]=e.cells.filter(e=>(e.x-t)*r+(e.y-n)*i>0).sort((e,r)=>Math.hypot(e.x-t,e.y-n)-Math.hypot(r.x-t,r.y-n));return a?{grid:e.grid,x:a.x,y:a.y}:null}function Ps(e,t,n){let r=e=>Math.hypot(e.x+.5-t,e.y+.5-n),[i,...a]=e.cells;if(!i)return null;let o=a.reduce((e,t)=>r(t)<r(e)?t:e,i);return{grid:e.grid,x:o.x,y:o.y}}function Fs(e,{hovered:t,chosen:n,refusal:r},i){let a=Ro(e,t)??Ro(e,n),o=Ro(e,n);return m`<section class="card atlas-card" aria-label="The atlas">
    <div
      class="atlas-stage"
      id="stage"
      tabindex="0"
      role="application"
      aria-label="Atlas of ${e.document.layer}. Arrow keys go from cell to cell, plus and minus zoom, zero shows the whole."
      @keydown=${e=>Ys(e,i)}
    >
      <div class="deep-zoom" ${ns(Hs(e,i))}></div>
      ${Rs(e)}
      <div class="atlas-buttons">
        ${Ls(`zoom-in`,`Zoom in`,`M4 10h12M10 4v12`,()=>W.viewer?.zoomIn())}
        ${Ls(`zoom-out`,`Zoom out`,`M4 10h12`,()=>W.viewer?.zoomOut())}
        ${Ls(`whole`,`Show the whole`,`M3 10l7-6.5L17 10M5 9v8h10V9`,()=>W.viewer?.goHome())}
        ${Ls(`full-screen`,`Full screen, or back`,`M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5`,()=>void W.viewer?.toggleFullScreen())}
      </div>
      <div class="cell-card" id="cell-card" ?hidden=${!a} ${ns(zs)}>
        ${a?is(e,a.cell,a.grid):g}
      </div>
    </div>
    <p class="atlas-caption">
      <span id="shown">${Is(e)}</span>
    </p>
    <p class="unseen" id="spoken" role="status">
      ${o?ds(e,o.cell,o.grid):``}
    </p>
    ${P(r)}
  </section>`}function Is(e){let{grid:t,cells:n}=Lo(e);return`${Ga(e,W.filter)} · ${n.length} cells of a grid of ${t} × ${t}`}var Ls=(e,t,n,r)=>m`<button class="icon" id=${e} type="button" title=${t} aria-label=${t} @click=${r}>
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d=${n} /></svg>
  </button>`;function Rs(e){let{class_filter:t,versus:n}=e.document;return t==null||n==null?g:m`<p class="ends" aria-hidden="true">
    <span>← ${V(e,t)}</span><span>${V(e,n)} →</span>
  </p>`}var G=null,zs=e=>{G=e??null},Bs=null,Vs=null;function Hs(e,t){if(Bs&&Vs===e)return Bs;Vs=e;let n=null,r=r=>{r?(n=Us(e,r,t),n.then(e=>Ws(e,r),Gs)):(W.viewer=null,n?.then(e=>e.destroy(),Gs),n=null)};return Bs=r,r}var Us=(e,t,n)=>Mo.open(t,e,{camera:W.camera,shown:zo(W),told:{moved:(e,t)=>{Object.assign(W,{camera:e,grid:t.grid}),n.moved()},hovered:e=>{Ks(e,W.hovered)||n.hover(e)},chosen:n.choose,framed:Js}});function Ws(e,t){t.isConnected&&(W.viewer=e,e.show(zo(W)),T())}function Gs(){W.refusal=new x({title:`The atlas cannot be drawn`,detail:`A part of the page could not be loaded. Load the page anew.`,code:`viewer_missing`}),T()}var Ks=(e,t)=>e?.grid===t?.grid&&e?.x===t?.x&&e?.y===t?.y,qs=14;function Js(e){let t=W.hovered??W.chosen,n=G?.parentElement;if(!G||!n||!t||G.hidden)return;let r=e.width/t.grid,i=e.left+t.x*r,a=i+r+qs,{offsetWidth:o,offsetHeight:s}=G,c=a+o<=n.clientWidth?a:Math.max(0,i-qs-o),l=e.top+(t.y+.5)*r-s/2,u=Math.max(8,Math.min(n.clientHeight-s-8,l));G.style.setProperty(`--across`,`${Math.round(c)}px`),G.style.setProperty(`--down`,`${Math.round(u)}px`)}function Ys(e,t){let{viewer:n}=W,r=e.target.closest(`button`)!==null;if(!n||r||e.ctrlKey||e.metaKey)return;let i=js[e.key];if(i){let e=Ms(n.grid(),W.chosen,n.camera(),i);e&&n.reveal(e),t.choose(e)}else if(e.key===`+`||e.key===`=`)n.zoomIn();else if(e.key===`-`)n.zoomOut();else if(e.key===`0`||e.key===`Home`)n.goHome();else if(e.key===`Enter`&&W.chosen)n.flyTo(W.chosen);else if(e.key===`Escape`)t.choose(null);else return;e.preventDefault()}var K=!1;async function Xs(e,t){K=!0;let[n=``]=e;n!==W.id&&Zs(n),n===``?await Ta():(Da(),W.atlas?$s(t):await Qs(n,t))}function Zs(e){W.followed?.letGo(),W.seeking?.abort(),Object.assign(W,{id:e,atlas:null,followed:null,refusal:null})}async function Qs(e,t){ra();try{let n=await Ji(e);if(W.id!==e)return;W.followed?.letGo(),Object.assign(W,{atlas:n,refusal:null,followed:null}),$s(t)}catch(n){let r=w(n);if(W.id!==e)return;r.code===`atlas_not_found`?W.followed||=new _i(e,()=>void Qs(e,t)):W.refusal=r}T()}function $s(e){W.atlas&&(W.seeking?.abort(),Object.assign(W,Uo(W.atlas,e),{grid:W.viewer?.grid().grid??W.atlas.grids[0]?.grid??0}),W.viewer?.moveTo(W.camera),q(),ec(e.get(`picture`)))}async function ec(e){if(e!==null){if(e!==`own`)await Ar(e,!0);else if(F.picture?.sample!==null){let e=_t();e&&(F.picture=e)}await rc()}}function tc(){K=!1,Da(),W.seeking?.abort(),Zs(``)}function q(){W.viewer?.show(zo(W)),nc(),T()}function nc(){if(!K||!W.atlas)return;let e=Bo(W.atlas,W,F.picture);Rt(O(`atlas`,[W.id],e))}async function rc(){let{picture:e}=F;if(!K||!W.atlas||!e||W.atlas.document.landmarks_path===null)return;W.seeking?.abort();let t=new AbortController;Object.assign(W,{seeking:t,located:null,seekRefusal:null}),W.soughtPicture=e.address,q();try{W.located=await Xi(W.id,e,t.signal)}catch(e){if(C(e))return;W.seekRefusal=w(e)}W.seeking=null,q()}function ic(){W.seeking?.abort(),Object.assign(W,{located:null,soughtPicture:``,seeking:null,seekRefusal:null}),q()}function ac(e){W.chosen=e,W.viewer?.flyTo(e),q()}var oc={choose:e=>{W.chosen=e,q()},hover:e=>{W.hovered=e,W.viewer?.show(zo(W)),T()},moved:()=>{nc(),T()}},sc={filter:e=>{W.filter={...W.filter,...e},W.listed=20,q()},turn:(e,t)=>{W[e]=t,q()}},cc={take:e=>void kr(e),takeSample:e=>void Ar(e),seek:()=>void rc(),forget:ic,flyTo:ac},lc={flyTo:ac,listMore:()=>{W.listed+=20,T()}};function uc(){if(W.id===``)return ka();let{atlas:e,followed:t,refusal:n}=W;return m`<p class="way-back"><a href="#/atlas">← All atlases</a></p>
    ${P(n,()=>void Qs(W.id,new URLSearchParams))}
    ${e?m`<div class="atlas">
            ${Re(e.id,Fs(e,W,oc))}
            <div class="side">
              ${_s(e,W,sc)}
              ${Es(e,W,F.picture,cc)} ${La(e)}
            </div>
            <div class="below">${ms(e,W,lc)}</div>
          </div>`:t?ki(t):n?g:m`<p class="quiet">Looking …</p>`}`}Dr(()=>{K&&W.atlas&&rc()});function dc(){K&&W.id===``?Ta():K&&ra()}var fc=()=>K&&W.atlas!==null,pc={title:`Atlas`,enter:(e,t)=>void Xs(e,t),leave:tc,template:uc},J={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function mc(){try{let{body:e}=await S(`datasets`);Object.assign(J,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){J.refusal=w(e)}T()}async function hc(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(J,{sending:n,added:null,refusal:null}),T();let r=new FormData;r.append(`archive`,t,t.name);try{J.added=await it(`datasets`,r,{sent:e=>{n.part=e,T()},signal:n.abort.signal}),J.sending=null,await mc()}catch(e){J.sending=null,C(e)||(J.refusal=w(e))}T()}async function gc(e){J.doomed=null;try{await S(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),J.added?.id===e&&(J.added=null),await mc()}catch(e){J.refusal=w(e),T()}}var _c=()=>m`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${J.sending!==null}
          @change=${e=>void hc(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${J.sending?vc(J.sending):g}
    ${P(J.refusal,()=>void mc())}
    ${J.added?yc(J.added):g}
    ${J.datasets.length>0?bc():J.isLoaded?Cc():g}
  </section>`,vc=({name:e,part:t,abort:n})=>m`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function yc({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${j(n)} files were left out`;return m`${Mn(`${e} is there`,`${j(t)} images${i}`)}
  ${n>0?m`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>m`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:g}`}var bc=()=>m`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Images</th>
          <th scope="col">Classes</th>
          <th scope="col">Size</th>
          <th scope="col">Added</th>
          <th scope="col"><span class="unseen">Delete</span></th>
        </tr>
      </thead>
      <tbody>
        ${J.datasets.map(xc)}
      </tbody>
    </table>
  </div>`,xc=e=>m`<tr>
    <th scope="row">${e.name}</th>
    <td>${j(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${Ht(e.bytes)}</td>
    <td>${k(e.created_at)}</td>
    <td>
      ${J.doomed===e.id?m`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void gc(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>Sc(null)}>Keep</button>
          </div>`:m`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>Sc(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function Sc(e){J.doomed=e,T()}var Cc=()=>m`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,wc={title:`Datasets`,enter:()=>void mc(),leave:()=>void 0,template:_c};function Tc(e,t){let n=e.filter(({id:e,status:n})=>e!==t&&(n===`succeeded`||z.has(n)));return n.length===0?g:m`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${n.map(e=>m`<li>
            <a href=${O(`features`,[e.id])}>
              ${e.status===`succeeded`?m`<img src=${Si(R(e.id,`grid.png`))} alt="" loading="lazy" />`:m`<span class="no-picture" aria-hidden="true">…</span>`}
              <span>${Ec(e)}</span>
              <span class="quiet">${k(e.created_at)}</span>
              ${e.status===`succeeded`?g:Di(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function Ec({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels).replaceAll(/,\s*/g,`, `)} of ${String(n)}`}function Dc(e,{most:t,isOff:n,begin:r}){let i=Math.min(Number(e.params.steps)*2,t);return i>Number(e.params.steps)?m`<section class="card" aria-labelledby="more-title">
    <h2 id="more-title">Not there yet?</h2>
    <p class="quiet">
      A job that is done cannot be continued. The same seed takes the same way again, and then goes
      further.
    </p>
    <div class="buttons is-after">
      <button
        class="plain"
        id="more-steps"
        type="button"
        ?disabled=${n}
        @click=${()=>r(i)}
      >
        Begin anew with ${j(i)} steps
      </button>
    </div>
  </section>`:g}var Oc=`activation-maximization`,kc=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],Ac={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},jc=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],Y={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},Mc=!1;function Nc(e,t){Mc=!0;let[n]=e;if(n!==Y.followed?.id&&(Y.followed?.letGo(),Y.followed=n?new _i(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(Y,{model:e??``,written:{objective:`channel`,...n}})}Fc()}function Pc(){Mc=!1,Y.followed?.letGo(),Y.followed=null}function Fc(){Mc&&E.isReady&&(D(Y.model)||(Y.model=Nt()),Mt(Y.model).catch(()=>setTimeout(Fc,2e3)),Ic(),Lc())}async function Ic(){if(!Y.properties){try{let{body:e}=await S(`openapi.json`);Y.properties=gn(e.components.schemas.ActivationMaximizationParameters)}catch(e){Y.refusal=w(e)}T()}}async function Lc(){try{Y.earlier=(await L({kind:Oc,limit:`12`})).jobs}catch(e){Y.refusal=w(e)}T()}function Rc(e){e.preventDefault(),zc(()=>ni(Oc,Y.model,Qi(Bc(),Y.properties??{})))}async function zc(e){Object.assign(Y,{isSubmitting:!0,refusal:null}),T();try{let t=await e();location.hash=O(`features`,[t.id])}catch(e){Y.refusal=w(e)}Y.isSubmitting=!1,T()}function Bc(){let e=new Set(Ac[Vc()]),t=new Set(Object.values(Ac).flat());return Object.fromEntries(Object.entries(Y.written).filter(([n])=>e.has(n)||!t.has(n)))}var Vc=()=>Y.written.objective??`channel`;function Hc(e,t){t===``?delete Y.written[e]:Y.written[e]=t,Y.followed||Rt(O(`features`,[],new URLSearchParams({model:Y.model,...Y.written}))),T()}var Uc=()=>m`<div class="features ${Y.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${Rc}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${Wc()} ${P(Y.refusal,Fc)}
      <button id="start" type="submit" ?disabled=${Y.isSubmitting||!Y.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${Y.followed?ki(Y.followed):Yc()} ${Jc(Y.followed?.job??null)} ${Tc(Y.earlier,Y.followed?.id)}
    </div>
  </div>`;function Wc(){let e=(E.layers.get(Y.model)??[]).filter(({output_shape:e})=>e.length===3),t=E.details.get(Y.model)?.default_layer??``,n=Ac[Vc()]??[];return m`${N({id:`model`,label:`Model`,value:Y.model,choices:E.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(Y,{model:e,written:{objective:Vc()}}),Fc(),T()}})}
  ${N({id:`objective`,label:`Pictures of`,value:Vc(),choices:jc,change:e=>Hc(`objective`,e)})}
  ${n.includes(`layer`)?N({id:`layer`,label:`Layer`,value:Y.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>Hc(`layer`,e)}):g}
  ${qc(kc.filter(e=>Gc(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${qc(Kc(n))}
  </details>`}var Gc=(e,t)=>t.includes(e)||!Object.values(Ac).flat().includes(e);function Kc(e){let t=new Set([...kc,`objective`,`layer`]);return Object.keys(Y.properties??{}).filter(n=>!t.has(n)&&Gc(n,e))}var qc=e=>{let t=e.flatMap(e=>{let t=Y.properties?.[e];return t?[[e,t]]:[]});return yn(Object.fromEntries(t),Y.written,Hc,`feature`)};function Jc(e){return e?.status!==`succeeded`||e.kind!==Oc?g:Dc(e,{most:Y.properties?.steps?.maximum??0,isOff:Y.isSubmitting,begin:t=>void zc(()=>ni(Oc,e.model,{...e.params,steps:t}))})}var Yc=()=>m`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`,Xc={title:`Features`,enter:Nc,leave:Pc,template:Uc},X={followed:null,jobs:[],older:[],nextCursor:null,status:``,kind:``,kinds:[],isLoaded:!1,refusal:null},Zc=[`activation-maximization`,`atlas`],Qc=1500,$c=6e3,el=0,tl=!1;async function nl(){clearTimeout(el);let{status:e,kind:t}=X;try{let{jobs:n,next_cursor:r}=await L({status:e,kind:t});if(e!==X.status||t!==X.kind)return;X.older.length===0&&(X.nextCursor=r);let i=new Set([...Zc,...X.kinds,...n.map(e=>e.kind)]);Object.assign(X,{jobs:n,kinds:[...i].sort(),refusal:null,isLoaded:!0})}catch(e){X.refusal=w(e)}if(T(),!tl)return;let n=X.refusal!==null||X.jobs.some(e=>z.has(e.status));el=window.setTimeout(()=>void nl(),n?Qc:$c)}async function rl(){let{jobs:e,next_cursor:t}=await L({status:X.status,kind:X.kind,cursor:X.nextCursor??``});Object.assign(X,{older:[...X.older,...e],nextCursor:t}),T()}function il(e,t){al();let[n]=e;n?X.followed=new _i(n):(tl=!0,X.status=t.get(`status`)??``,X.kind=t.get(`kind`)??``,nl())}function al(){tl=!1,clearTimeout(el),X.followed?.letGo(),Object.assign(X,{followed:null,older:[]})}function ol(e){Object.assign(X,{...e,older:[],isLoaded:!1,jobs:[]});let{status:t,kind:n}=X;Rt(O(`jobs`,[],new URLSearchParams({...t&&{status:t},...n&&{kind:n}}))),nl()}var sl=()=>X.followed?m`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${ki(X.followed)}`:cl(),cl=()=>m`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${N({id:`status-filter`,label:`Show`,value:X.status,choices:[{value:``,text:`all`},...ci.map(e=>({value:e,text:e}))],change:e=>ol({status:e})})}
        ${N({id:`kind-filter`,label:`of kind`,value:X.kind,choices:[{value:``,text:`any`},...[...new Set([...X.kinds,X.kind])].filter(Boolean).map(e=>({value:e,text:Wt(e)}))],change:e=>ol({kind:e})})}
      </div>
    </div>
    ${P(X.refusal,()=>void nl())}
    ${X.jobs.length>0?ll():X.isLoaded?dl():g}
  </section>`;function ll(){let e=new Set(X.jobs.map(({id:e})=>e));return m`<ul class="jobs">
      ${[...X.jobs,...X.older.filter(({id:t})=>!e.has(t))].map(ul)}
    </ul>
    ${X.nextCursor?m`<button class="plain" type="button" @click=${()=>void rl()}>Older jobs</button>`:g}`}var ul=e=>m`<li>
    <a href=${O(`jobs`,[e.id])}>${M(e.kind)}</a>
    <span class="quiet">${e.model} · ${k(e.created_at)}</span>
    ${Di(e)} ${Oi(e)}
    <span class="words">${di(e)}</span>
  </li>`,dl=()=>X.status||X.kind?m`<p class="quiet">
        No job${X.kind?` of the kind ${Wt(X.kind)}`:``} is
        ${X.status||`there`}.
      </p>`:m`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,fl={title:`Jobs`,enter:il,leave:al,template:sl},pl=(e,{maps:t,mapsRefusal:n,wanted:r})=>m`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?m`${P(n)}
            <div class="grid-picture">
              ${t?.grid?m`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?g:m`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?m`<p class="hint">
                  Strongest: ${hl(t.channels,r)}. Every map is drawn in its own range.
                </p>`:g}`:m`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${dr(null,{takeSample:e=>void Ar(e)})}
            </div>`:m`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,ml=5,hl=(e,{model:t,layer:n})=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,ml).map(({index:e,max:r},i)=>m`${i>0?`, `:``}<a href=${Ei(t,n.name,e)}
            >channel ${e}</a
          >
          (${A(r??NaN)})`),gl=(e,{filters:t,filtersRefusal:n})=>m`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?m`<p class="quiet">This layer has no filters: it is no convolution.</p>`:m`${P(n)}
          <div class="grid-picture">
            ${t?.grid?m`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?g:m`<p class="quiet">Looking …</p>`}
          </div>
          ${t?m`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:g}`}
  </section>`,_l=({output_shape:e})=>e.at(-1)??0,vl=e=>Math.max(1,Math.ceil(_l(e)/64));function yl(e,t,n=64){let r=Math.min(Math.max(0,t),vl(e)-1)*64,i=Math.min(r+n,_l(e))-1;return i<r?``:`${r}-${i}`}var bl=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await S(`models/${r.join(`/`)}${dt({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(C(e))return;this.filtersRefusal=w(e)}T()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await S(`explain/feature-maps`,{method:`POST`,body:ut(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(C(e))return;this.mapsRefusal=w(e)}T()}},xl=`8`,Sl=class{found=null;refusal=null;asking=new AbortController;constructor(e){this.ask(e)}letGo(){this.asking.abort()}async ask({model:e,layer:t,channel:n}){let r=[e,`layers`,...t.split(`/`),`readers`].map(encodeURIComponent),i=dt({channel:String(n),most:xl});try{let{signal:e}=this.asking;this.found=(await S(`models/${r.join(`/`)}${i}`,{signal:e})).body}catch(e){if(C(e))return;this.refusal=w(e)}T()}};async function Cl(e,t){Object.assign(e,{isBusy:!0,refusal:null}),T();try{await t()}catch(t){e.refusal=w(t)}e.isBusy=!1,T()}var wl=`strongest-images`,Tl=`100`,El=class{model;layer;datasets=null;dataset=``;followed=null;file=null;refusal=null;isBusy=!0;jobs=[];isLetGo=!1;constructor(e,t){this.model=e,this.layer=t,Cl(this,async()=>{let[{body:e},{jobs:t}]=await Promise.all([S(`datasets`),L({kind:wl,limit:Tl})]);this.datasets=e.datasets,this.jobs=t.filter(e=>this.isOf(e));let n=this.jobs[0]?.params.dataset??e.datasets.at(-1)?.id??``;this.turnTo(String(n))})}letGo(){this.isLetGo=!0,this.followed?.letGo()}turnTo(e){Object.assign(this,{dataset:e,file:null}),this.followed?.letGo();let t=this.jobs.find(({params:t})=>t.dataset===e);this.followed=t?this.follow(t.id):null,T()}find(){return Cl(this,async()=>{let{dataset:e,layer:t}=this,n=await ni(wl,this.model,{dataset:e,layer:t});this.jobs=[n,...this.jobs],this.turnTo(e)})}imagesOf(e){return this.file?.channels[e]?.images??null}thumbnailOf({thumbnail:e}){return R(this.followed?.id??``,e)}follow(e){return this.isLetGo?null:new _i(e,()=>void this.read(e))}read(e){return Cl(this,async()=>{let{body:t}=await S(R(e,`strongest.json`));this.followed?.id===e&&(this.file=t)})}isOf({model:e,params:t,status:n}){return n!==`failed`&&n!==`cancelled`&&e===this.model&&t.layer===this.layer}},Dl=`activation-maximization`,Ol=`100`,kl=[`positive`,`negative`],Al=class{unit;jobs=new Map;refusal=null;isBusy=!0;isLetGo=!1;constructor(e){this.unit=e,Cl(this,async()=>{let{jobs:t}=await L({kind:Dl,limit:Ol});for(let n of kl){let r=t.find(t=>jl(t,e,n));r&&this.follow(n,r)}})}letGo(){this.isLetGo=!0;for(let{followed:e}of this.jobs.values())e.letGo()}make(){return Cl(this,async()=>{for(let e of kl.filter(e=>!this.jobs.has(e))){let{model:t,layer:n,channel:r}=this.unit,i=await ni(Dl,t,{objective:`channel`,layer:n,channels:String(r),negative:e===`negative`});this.follow(e,i)}})}follow(e,{id:t,params:n}){if(this.isLetGo)return;let r=Nl(n.channels),i=String(r.indexOf(this.unit.channel)).padStart(3,`0`),a=r.length===1?`grid.png`:`pictures/${i}.png`;this.jobs.set(e,{followed:new _i(t),picture:R(t,a)})}};function jl({model:e,params:t,status:n},r,i){return e===r.model&&t.objective===`channel`&&t.layer===r.layer&&Number(t.facets??1)===1&&Nl(t.channels).includes(r.channel)&&t.negative===(i===`negative`)&&n!==`failed`&&n!==`cancelled`}var Ml=/^(\d+)(?:-(\d+))?$/;function Nl(e){return String(e).split(`,`).flatMap(e=>{let[,t,n=t]=Ml.exec(e.trim())??[],r=Number(t);return t===void 0?[]:Array.from({length:Number(n)-r+1},(e,t)=>r+t)})}var Pl=class{unit;pictures;readers;strongest;constructor(e,t){this.unit=e;let{model:n,layer:r}=e,i=t?.unit.model===n&&t.unit.layer===r;t?.letGo(i),this.pictures=new Al(e),this.readers=new Sl(e),this.strongest=t&&i?t.strongest:new El(n,r)}isOf({model:e,layer:t,channel:n}){let{unit:r}=this;return e===r.model&&t===r.layer&&n===r.channel}letGo(e=!1){this.pictures.letGo(),this.readers.letGo(),e||this.strongest.letGo()}},Fl=(e,t)=>m`<section class="card" aria-labelledby="readers-title">
    <h2 id="readers-title">What reads it</h2>
    ${P(e.refusal)}
    ${e.found?Il(e.found,t):e.refusal?g:m`<p class="quiet">Looking …</p>`}
  </section>`;function Il({readers:e,untold:t},n){return e.length+t.length===0?m`<p class="quiet">Nothing: the network ends here.</p>`:m`${e.map(e=>Ll(e,n))}
  ${e.length>0?m`<p class="hint">
          What a unit gains where the channel rises by 1 everywhere, with rectifiers open: the sum
          of its filter. Blue is more, red is less.
        </p>`:g}
  ${t.map(({name:e,type:t})=>m`<p class="hint">
        ${t?`${e} (${t})`:`Something between layers (${e})`} takes it too; what
        that makes of it cannot be told from weights.
      </p>`)}`}function Ll({layer:e,type:t,through:n,units:r,strongest:i},a){let o=Math.max(...i.map(({weight:e})=>Math.abs(e)),Number.MIN_VALUE);return m`<h3 class="reader">${e}</h3>
    <p class="quiet">
      ${t}${n.length>0?`, through ${n.join(`, `)}`:``}${r>i.length?` · ${i.length} of ${r} units`:``}
    </p>
    <ul class="weights">
      ${i.map(t=>Rl(t,o,Ei(a,e,t.unit)))}
    </ul>`}var Rl=({unit:e,label:t,weight:n},r,i)=>m`<li>
    ${t===null?m`<a href=${i}>channel ${e}</a>`:m`<span class="class-name">${t}</span>`}
    <span class="track" aria-hidden="true"
      ><span
        class="part ${n<0?`is-against`:`is-for`}"
        .style=${`width:${Math.abs(n)/r*50}%`}
      ></span
    ></span>
    <span class="number">${n>0?`+`:``}${A(n)}</span>
  </li>`,zl=(e,t)=>m`<section class="card" aria-labelledby="strongest-title">
    <h2 id="strongest-title">Which images it answers to most</h2>
    ${P(e.refusal??e.followed?.refusal??null)}
    ${e.datasets===null?g:Bl(e)}
    ${Vl(e,t)}
  </section>`;function Bl(e){let{datasets:t,dataset:n}=e;if(!t?.length&&!e.followed)return m`<p class="quiet">
      There is no dataset to look through yet. <a href="#/datasets">Send one</a>: a zip of images.
    </p>`;let r=(t??[]).map(({id:e,name:t})=>({value:e,text:t}));return N({id:`strongest-dataset`,label:`Dataset`,value:n,choices:n!==``&&!r.some(({value:e})=>e===n)?[{value:n,text:`one that is gone`},...r]:r,change:t=>e.turnTo(t)})}function Vl(e,t){let{followed:n,file:r}=e,i=e.imagesOf(t);return i?i.length>0?m`<ol class="strongest">
            ${i.map(t=>Hl(e,t))}
          </ol>
          <p class="hint">
            Of ${j(r?.images??0)} images; the ring is where the channel is strongest.
          </p>`:m`<p class="quiet">It is silent in all ${j(r?.images??0)} images.</p>`:n?.job&&z.has(n.job.status)?m`${Oi(n.job)}
      <p class="words" role="status">${di(n.job)}</p>`:n||!e.dataset?g:m`<button
    class="plain is-after"
    id="find-strongest"
    type="button"
    ?disabled=${e.isBusy}
    @click=${()=>void e.find()}
  >
    Look through the images, for all channels of the layer
  </button>`}var Hl=(e,t)=>m`<li>
    <span class="thumbnail">
      <img src=${Si(e.thumbnailOf(t))} alt=${t.path} loading="lazy" />
      <span class="ring" .style=${`left:${t.x*100}%;top:${t.y*100}%`}></span>
    </span>
    <span class="number" title=${t.path}>${A(t.value)}</span>
  </li>`,Ul={positive:`What raises it most`,negative:`What lowers it most`};function Wl(e,t,n,r){let{model:i,channel:a}=n.unit,o=(e.output_shape.at(-1)??1)-1,s=(t,n)=>t<0||t>o?g:m`<a class="button plain" href=${Ei(i,e.name,t)}>${n}</a>`;return m`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">Channel ${a} of ${e.name}</h2>
      <p class="buttons">
        <a class="button plain" href=${r}>The whole layer</a>
        ${s(a-1,`← ${a-1}`)} ${s(a+1,`${a+1} →`)}
      </p>
    </section>
    ${Gl(n.pictures,e)} ${zl(n.strongest,a)}
    ${Fl(n.readers,i)} ${pl(e,t)} ${gl(e,t)}`}var Gl=(e,{type:t})=>m`<section class="card" aria-labelledby="unit-title">
    <h2 id="unit-title">What it looks for</h2>
    ${P(e.refusal)}
    <div class="signs">
      ${kl.map(t=>Kl(t,e.jobs.get(t)))}
    </div>
    ${t===`ReLU`?m`<p class="hint">
            Behind a ReLU a channel is never below zero: whatever does not raise it lowers it most.
          </p>`:g}
    ${e.jobs.size<kl.length?m`<button
            class="plain is-after"
            id="make-unit"
            type="button"
            ?disabled=${e.isBusy}
            @click=${()=>void e.make()}
          >
            Make the pictures
          </button>`:g}
  </section>`,Kl=(e,t)=>{let n=t?.followed;return m`<figure>
    <div class="made">${ql(e,t)}</div>
    <figcaption>
      ${Ul[e]}
      ${n?.job?m` · <a href=${O(`features`,[n.id])}>${di(n.job)}</a>`:g}
    </figcaption>
    ${P(n?.refusal??null)}
  </figure>`};function ql(e,t){if(!t)return m`<p class="quiet">Not made yet.</p>`;let{followed:n,picture:r}=t;return n.job?.status===`succeeded`?m`<img src=${Si(r)} alt=${Ul[e]} />`:n.preview?m`<img src="data:image/png;base64,${n.preview}" alt="What is being made" />`:m`<p class="quiet">${!n.job||z.has(n.job.status)?`Being made …`:`It was not made.`}</p>`}var Z={model:``,layer:``,page:0,unit:null,unitPage:null,search:``,insight:null},Jl=!1;function Yl(e,t){Jl=!0;let[n=``,...r]=e;n&&Object.assign(Z,{model:n,layer:r.join(`/`)}),Z.page=Number(t.get(`page`)??0)||0;let i=t.get(`unit`);Z.unit=i!==null&&/^\d+$/.test(i)?Number(i):null,Xl()}function Xl(){Jl&&E.isReady&&(D(Z.model)||Object.assign(Z,{model:Nt(),layer:``}),Mt(Z.model).then(Zl).catch(()=>setTimeout(Xl,2e3)))}function Zl(){let e=tu();if(!Jl||!e)return;Z.layer=e.name;let t=Ql(e);Rt(t===null?nu(e.name):Ei(Z.model,e.name,t)),$l(e,t);let n={model:Z.model,layer:e,channels:t===null?yl(e,Z.page):String(t),picture:F.picture};Z.insight?.isOf(n)||(Z.insight?.letGo(),Z.insight=new bl(n)),T()}function Ql({output_shape:e}){return Z.unit!==null&&e.length===3&&Z.unit<(e.at(-1)??0)?Z.unit:null}function $l(e,t){let n=t===null?null:{model:Z.model,layer:e.name,channel:t};n&&Z.unitPage?.isOf(n)||(n?Z.unitPage=new Pl(n,Z.unitPage):eu())}function eu(){Z.unitPage?.letGo(),Z.unitPage=null}function tu(){let e=E.layers.get(Z.model)??[],t=E.details.get(Z.model)?.default_layer;return e.find(({name:e})=>e===Z.layer)??e.find(({name:e})=>e===t)??e[0]}var nu=(e,t=Z.page)=>O(`model`,[Z.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),ru=()=>{let e=E.layers.get(Z.model)??[],t=tu();return m`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${N({id:`model`,label:`Model`,value:Z.model,choices:E.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=O(`model`,[e])},hint:iu(e)})}
      ${mn({id:`search`,label:`Find a layer`,type:`search`,value:Z.search,placeholder:`conv, relu, …`,change:e=>{Z.search=e,T()}})}
      <nav class="layer-list" aria-label="Layers of ${Z.model}" tabindex="-1">
        <ol>
          ${au(e).map(e=>ou(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Z.insight?su(t,Z.insight):g}
    </div>
  </div>`};function iu(e){let t=D(Z.model)?.parameters??0;return`${e.length} layers, ${j(t)} parameters`}function au(e){let t=Z.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var ou=({name:e,type:t,output_shape:n},r)=>m`<li>
    <a href=${nu(e,0)} aria-current=${r?`true`:g}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${Ut(n)}</span>
    </a>
  </li>`,su=(e,t)=>Z.unitPage?Wl(e,t,Z.unitPage,nu(e.name,0)):cu(e,t),cu=(e,t)=>m`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${Ut(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${j(e.parameters)}</dd>
        ${e.kernel_shape.length>0?m`<dt>Filters</dt>
              <dd>${Ut(e.kernel_shape)}</dd>`:g}
      </dl>
      ${e.output_shape.length===3?m`<p class="links">
            <a href=${lu(e)}>What its channels look for</a>
            ${e.explainable?m`<a href=${uu(e)}>Explain at this layer</a>`:g}
          </p>`:g}
      ${du(e)}
    </section>
    ${pl(e,t)} ${gl(e,t)}`,lu=e=>O(`features`,[],new URLSearchParams({model:Z.model,objective:`channel`,layer:e.name,channels:yl(e,Z.page,8)||`random:9`}));function uu(e){let[t=``,n=``]=Cr().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Z.model),`${t}?${r}`}function du(e){let t=vl(e);return t<2?g:m`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return m`<a
        class="button plain"
        href=${nu(e.name,n)}
        aria-current=${n===Z.page?`true`:g}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}Dr(Zl);var fu={title:`Model`,enter:Yl,leave:()=>{Jl=!1,eu()},template:ru},pu=e=>Qe()?m`<form
        class="card key"
        aria-labelledby="key-title"
        @submit=${t=>mu(t,e)}
      >
        <h2 id="key-title">
          ${Ze()?`The service does not take this key`:`The service asks for a key`}
        </h2>
        <p class="quiet" id="key-hint">
          Whoever runs it gives you one. It stays in this tab until that is closed.
        </p>
        <div class="key-row">
          <label for="key">API key</label>
          <input
            id="key"
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-describedby="key-hint"
          />
          <button type="submit">Use it</button>
        </div>
      </form>`:g;function mu(e,t){e.preventDefault();let n=e.target.elements.namedItem(`key`).value.trim();n!==``&&hu(n,t)}function hu(e,t){Xe(e),wi(),t()}var gu=e=>Ze()?m`<button
        class="plain"
        id="forget-key"
        type="button"
        @click=${()=>hu(``,e)}
      >
        Forget the key
      </button>`:g,Q={explain:qr,model:fu,features:Xc,atlas:pc,jobs:fl,datasets:wc};function _u(){Ir(),Xl(),Fc(),dc()}var vu=document.getElementById(`page`),$=``;function yu(){let e=Lt(location.hash),t=e.view in Q?e.view:`explain`;t!==$&&Q[$]?.leave(),$=t;let n=Q[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),T()}var bu=(e,{title:t})=>m`<a
    href=${e===`explain`?Cr():O(e)}
    aria-current=${e===$?`page`:g}
    >${t}</a
  >`,xu=()=>m`<a class="skip" href="#main" @click=${Cu}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Q).map(([e,t])=>bu(e,t))}
        <a href="docs">HTTP interface</a>
        ${gu(Su)}
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Q[$]?.title}</h1>
      ${pu(Su)}
      ${Qe()?g:P(E.refusal,()=>void At(_u))}
      ${Q[$]?.template()??g}
    </main>`;function Su(){Object.assign(E,{refusal:null}),Q[$]?.leave(),yu(),At(_u)}function Cu(e){e.preventDefault(),document.getElementById(`main`)?.focus()}var wu=()=>$===`model`||fc();function Tu(e){e&&(wu()||(location.hash=Cr()),kr(e))}document.addEventListener(`paste`,({clipboardData:e})=>Tu(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),jr(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&jr(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),jr(!1),Tu(e.dataTransfer?.files[0])}),Et(()=>je(xu(),vu)),window.addEventListener(`hashchange`,yu),yu(),At(_u);export{o as t};